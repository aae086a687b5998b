package dev.vectorhub.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.EngineSettings.QueryCacheSettings;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.Distance;
import dev.vectorhub.engine.wire.v1.IsolationMode;
import dev.vectorhub.engine.wire.v1.NodeStatus;
import dev.vectorhub.engine.wire.v1.NodeStatusRequest;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through the log: what is acknowledged is what every search after it sees, cached or not. */
class QueryCacheIT {
    private static final int ROUNDS = 300;

    private final Wire wire = Wire.of(1, 8);

    @TempDir
    Path dir;

    @Test
    void eachSearchSeesEachAcknowledgedWrite() throws Exception {
        EngineSettings defaults = EngineSettings.defaults("n1", dir);
        EngineSettings cached = defaults.withQueryCache(new QueryCacheSettings(1 << 20, 60));
        Random random = new Random(11);
        int[] versions = new int[20];
        try (var engine = EmbeddedEngine.open(cached, NodeTuning.defaults())) {
            run(engine, wire.place(1, IsolationMode.NONE));
            run(engine, wire.create(Distance.EUCLID));
            for (int round = 1; round <= ROUNDS; round++) {
                int id = random.nextInt(versions.length);
                if (random.nextInt(4) == 0) {
                    run(engine, wire.delete(id));
                    versions[id] = 0;
                } else {
                    run(engine, wire.upsert(wire.point(id, round)));
                    versions[id] = round;
                }
                for (int look = 0; look < 4; look++) {
                    int asked = random.nextInt(versions.length);
                    var found = engine.search(nearest(asked, versions[asked])).getResults(0);
                    boolean there = found.getPointsCount() > 0
                            && found.getPoints(0).getId().equals(Wire.id(asked))
                            && found.getPoints(0).getScore() == 0;
                    assertEquals(versions[asked] > 0, there, "round " + round + " point " + asked);
                }
            }
            NodeStatus status = engine.status(NodeStatusRequest.getDefaultInstance());
            assertTrue(status.getQueryCacheHits() > 0);
            assertEquals(4 * ROUNDS, status.getQueryCacheHits() + status.getQueryCacheMisses());
        }
    }

    private SearchRequest nearest(long id, int version) {
        return SearchRequest.newBuilder()
                .setCollection(wire.ref())
                .addQueries(SearchQuery.newBuilder()
                        .setF32(wire.point(id, version).getVectors(0).getF32())
                        .setLimit(1))
                .build();
    }

    private static void run(EmbeddedEngine engine, Command command) throws Exception {
        var result = engine.submit(command).get();
        assertFalse(result.hasRejection(), result::toString);
    }
}
