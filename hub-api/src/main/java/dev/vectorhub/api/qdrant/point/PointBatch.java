package dev.vectorhub.api.qdrant.point;

import dev.vectorhub.engine.wire.v1.UpsertPoints;

/** Points to write, and their size: 4 bytes a component, payload as it is kept, ids of 8 or 16 bytes. */
public record PointBatch(UpsertPoints points, long vectorBytes, long payloadBytes, long idBytes) {

    public long bytes() {
        return vectorBytes + payloadBytes + idBytes;
    }
}
