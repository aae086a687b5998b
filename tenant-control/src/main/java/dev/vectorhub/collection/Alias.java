package dev.vectorhub.collection;

/** Another name of a collection. */
public record Alias(String name, String collection) {}
