package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.VectorConfig;

/** What a dense search has compared and read. */
final class Tally {
    private long compared;
    private long vectorsRead;
    private long codesRead;

    /** Distances between two vectors, by codes or not, however often of the same point. */
    long compared() {
        return compared;
    }

    /** A vector was read and compared with so many. */
    void vector(int queries) {
        compared += queries;
        vectorsRead++;
    }

    /** A vector decided on what its code was compared for already. */
    void decided() {
        vectorsRead++;
    }

    /** A walk or a scan compared so many, each with a row of its own. */
    void rows(long count, boolean codes) {
        compared += count;
        if (codes) {
            codesRead += count;
        } else {
            vectorsRead += count;
        }
    }

    long bytesRead(VectorConfig config) {
        return vectorsRead * config.form().bytes(config.size()) + codesRead * config.size();
    }
}
