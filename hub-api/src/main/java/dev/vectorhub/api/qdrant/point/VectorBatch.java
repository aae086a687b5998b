package dev.vectorhub.api.qdrant.point;

import dev.vectorhub.engine.wire.v1.UpdateVectors;

/** Vectors to set, and their size: 4 bytes a component. */
public record VectorBatch(UpdateVectors update, long bytes) {}
