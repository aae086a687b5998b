package dev.vectorhub.engine.bench.contest;

/** One library's index over the base rows of a data set. */
interface Index extends AutoCloseable {

    /** From the base rows to an index that answers, all background work done. */
    void build(int m, int efConstruct) throws Exception;

    /**
     * Finds the nearest base rows of a query.
     *
     * @param rows takes the base rows of the nearest, best first, from {@code at} on; what is not found is left alone
     * @param k how many
     */
    void search(float[] query, int ef, int k, int[] rows, int at) throws Exception;

    /** Bytes of the index on disk; 0 if it lives in memory. */
    long diskBytes() throws Exception;
}
