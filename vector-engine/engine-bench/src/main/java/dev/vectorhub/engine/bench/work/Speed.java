package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.contest.EngineIndex;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.core.ScoredPoint;
import dev.vectorhub.engine.core.SearchHits;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * One pass of queries against a store in this process.
 *
 * @param recall recall@10
 * @param cpuMicros CPU time of the thread, a query
 */
record Speed(double recall, double cpuMicros) {
    private static final int[] BEAMS = {10, 16, 25, 40, 64, 100, 160, 256, 400, 640, 1000};

    /** What answers a query. */
    interface Search {
        SearchHits search(float[] query);
    }

    static float[][] queries(DataSet set, int count) {
        DataSet.Vectors vectors = set.vectors();
        float[][] queries = new float[count][];
        Arrays.setAll(queries, vectors::query);
        return queries;
    }

    static Speed of(float[][] queries, Truth truth, Search search) {
        int[] found = new int[queries.length * Truth.K];
        Arrays.fill(found, -1);
        var threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        for (int q = 0; q < queries.length; q++) {
            List<ScoredPoint> hits = search.search(queries[q]).points();
            for (int i = 0; i < hits.size(); i++) {
                found[q * Truth.K + i] = EngineIndex.row(hits.get(i).id());
            }
        }
        cpu = threads.getCurrentThreadCpuTime() - cpu;
        return new Speed(truth.recall(0, found), cpu / 1e3 / queries.length);
    }

    /** The smallest beam, of a ladder, at which the set's recall is reached; the largest one if none does. */
    static int beam(EngineIndex index, DataSet set, float[][] queries, Truth truth) {
        for (int beam : BEAMS) {
            if (of(queries, truth, query -> index.search(query, beam)).recall() >= set.recall()) {
                return beam;
            }
        }
        return BEAMS[BEAMS.length - 1];
    }
}
