package dev.vectorhub.inference;

/**
 * A vector most of whose components are 0.
 *
 * @param indices unsigned, ascending, each once
 * @param values as many
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record SparseVector(int[] indices, float[] values) {}
