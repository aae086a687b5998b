package dev.vectorhub.api.qdrant.reply;

/** What an operation has found or done, before it takes the form of a transport, and what it used. */
public record Answered<T>(T result, Hardware used) {}
