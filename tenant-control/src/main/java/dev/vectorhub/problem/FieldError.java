package dev.vectorhub.problem;

/**
 * One thing wrong with one field of the input.
 *
 * @param field the path as the client wrote it, for instance {@code limits.maxCollections}
 * @param message what is wrong, fit to show beside the field
 */
public record FieldError(String field, String message) {}
