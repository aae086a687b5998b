package dev.vectorhub.api.qdrant.json;

/** A request's body, whole. Its size is bounded by {@code hub.api.max-body-size}. */
public record Body(byte[] bytes) {}
