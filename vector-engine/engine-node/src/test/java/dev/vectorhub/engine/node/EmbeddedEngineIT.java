package dev.vectorhub.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.node.codec.ModelCodec;
import dev.vectorhub.engine.node.codec.VectorCodec;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.CountRequest;
import dev.vectorhub.engine.wire.v1.CountResponse;
import dev.vectorhub.engine.wire.v1.Distance;
import dev.vectorhub.engine.wire.v1.InfoRequest;
import dev.vectorhub.engine.wire.v1.IsolationMode;
import dev.vectorhub.engine.wire.v1.NodeStatusRequest;
import dev.vectorhub.engine.wire.v1.PayloadSelector;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.engine.wire.v1.ScrollRequest;
import dev.vectorhub.engine.wire.v1.ScrollResponse;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.SearchResponse;
import dev.vectorhub.engine.wire.v1.TenantStatsRequest;
import dev.vectorhub.engine.wire.v1.VectorSelector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The whole engine in this process, over real files. */
// Starting and stopping is waiting, not work.
@Execution(ExecutionMode.CONCURRENT)
class EmbeddedEngineIT {
    private static final int SIZE = 32;
    private static final int CALLERS = 64;
    private static final long WAIT_SECONDS = 20;

    private final Wire wire = Wire.of(1, SIZE);

    @TempDir
    Path dir;

    private EmbeddedEngine engine;

    @BeforeEach
    void open() throws Exception {
        reopen();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void placingATenantIsIdempotentAndOlderGenerationsAreRefused() throws Exception {
        run(wire.place(3, IsolationMode.NONE));
        run(wire.place(3, IsolationMode.NONE));
        assertEquals(
                RejectionCode.STALE_GENERATION,
                commit(wire.place(2, IsolationMode.NONE)).getRejection().getCode());
        run(wire.place(4, IsolationMode.NONE));
        var stats = engine.tenantStats(TenantStatsRequest.getDefaultInstance());
        assertEquals(1, stats.getTenantsCount());
        assertEquals(4, stats.getTenants(0).getGeneration());
    }

    @Test
    void creatingACollectionIsIdempotent() throws Exception {
        run(wire.place(1, IsolationMode.NONE));
        run(wire.create(Distance.COSINE));
        run(wire.upsert(wire.point(1, 1)));
        run(wire.create(Distance.COSINE));
        assertEquals(1, count());
        assertEquals(
                RejectionCode.ALREADY_EXISTS,
                commit(wire.create(Distance.DOT)).getRejection().getCode());
    }

    @Test
    void exactlyAsManyPointsAsTheCeilingAllowsAreWritten() throws Exception {
        collection(IsolationMode.NONE);
        int limit = 20;
        List<CommandResult> results = together(caller -> wire.upsert(List.of(wire.point(caller, 1)), limit, 0));
        assertEquals(limit, count());
        int refused = 0;
        for (CommandResult result : results) {
            if (result.hasRejection()) {
                refused++;
                assertEquals(RejectionCode.POINT_CEILING, result.getRejection().getCode());
                assertEquals(limit, result.getRejection().getLimit());
                assertEquals(limit, result.getRejection().getUsed());
                assertEquals(1, result.getRejection().getRequested());
            }
        }
        assertEquals(CALLERS - limit, refused);
        run(wire.delete(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
    }

    @Test
    void exactlyAsManyBytesAsTheCeilingAllowsAreWritten() throws Exception {
        collection(IsolationMode.NONE);
        run(wire.upsert(point(1000)));
        long each = engine.tenantStats(TenantStatsRequest.getDefaultInstance())
                .getTenants(0)
                .getLogicalBytes();
        List<CommandResult> results =
                together(caller -> wire.upsert(List.of(point(2000 + caller)), 0, 11 * each + each / 2));
        long written = results.stream().filter(r -> !r.hasRejection()).count();
        assertEquals(10, written);
        assertEquals(11, count());
        assertTrue(results.stream()
                .filter(CommandResult::hasRejection)
                .allMatch(r -> r.getRejection().getCode() == RejectionCode.BYTE_CEILING));
    }

    @Test
    void aRestartKeepsEverythingInEveryMode() throws Exception {
        var modes = List.of(IsolationMode.NONE, IsolationMode.COLLECTION, IsolationMode.STORAGE);
        List<Wire> tenants = List.of(Wire.of(11, SIZE), Wire.of(12, SIZE), Wire.of(13, SIZE));
        for (int i = 0; i < tenants.size(); i++) {
            var tenant = tenants.get(i);
            run(tenant.place(1, modes.get(i)));
            run(tenant.create(Distance.EUCLID));
            run(tenant.upsert(points(tenant, 0, 200), 0, 0));
        }
        engine.checkpoint();
        for (var tenant : tenants) {
            run(tenant.upsert(points(tenant, 150, 300), 0, 0));
            run(tenant.delete(3, 180, 299));
        }
        List<ScrollResponse> before = scrollAll(tenants);
        List<SearchResponse> found = searchAll(tenants);
        assertEquals(297, before.getFirst().getPointsCount());
        reopen();
        assertEquals(before, scrollAll(tenants));
        assertEquals(found, searchAll(tenants));
        // Once more: the close before took a checkpoint, so there is nothing to replay.
        reopen();
        assertEquals(before, scrollAll(tenants));
        assertEquals(found, searchAll(tenants));
        run(tenants.getFirst().upsert(tenants.getFirst().point(3, 9)));
    }

    @Test
    void aDroppedTenantStaysDropped() throws Exception {
        collection(IsolationMode.STORAGE);
        run(wire.upsert(wire.point(1, 1)));
        var drop = Command.newBuilder().setTenant(wire.tenant());
        drop.getDropTenantBuilder().setGeneration(2).setCommandId(ModelCodec.uuid(new UUID(9, 9)));
        run(drop.build());
        reopen();
        assertEquals(
                RejectionCode.NOT_FOUND,
                assertThrows(EngineException.class, this::count).code());
        assertEquals(
                RejectionCode.STALE_GENERATION,
                commit(wire.place(1, IsolationMode.STORAGE)).getRejection().getCode());
    }

    @Test
    void aCommandOfManyEntriesIsOneCommand() throws Exception {
        collection(IsolationMode.NONE);
        var big = new Wire(wire.tenant(), ModelCodec.uuid(new UUID(5, 5)), 1024);
        run(big.create(Distance.EUCLID));
        Command large = big.upsert(points(big, 0, 1000), 0, 0);
        assertTrue(large.getSerializedSize() > 3 * NodeTuning.defaults().entryBytesMax());
        assertEquals(1000, run(large).getPointsAffected());
        var last = engine.retrieve(big.retrieve(999)).getPoints(0);
        reopen();
        assertEquals(last, engine.retrieve(big.retrieve(999)).getPoints(0));
        assertEquals(VectorCodec.floats(big.vector(999, 1)), last.getVectors(0).getF32());
    }

    @Test
    void readsAnswerAsTheMessagesSay() throws Exception {
        collection(IsolationMode.NONE);
        run(wire.upsert(points(wire, 0, 50), 0, 0));
        var query = SearchQuery.newBuilder().setF32(VectorCodec.floats(wire.vector(7, 1)));
        var request = SearchRequest.newBuilder()
                .setCollection(wire.ref())
                .addQueries(query.setLimit(3))
                .addQueries(query.setLimit(5).setOffset(1));
        var response = engine.search(request.build());
        assertEquals(3, response.getResults(0).getPointsCount());
        assertEquals(7, response.getResults(0).getPoints(0).getId().getNum());
        assertEquals(5, response.getResults(1).getPointsCount());
        assertEquals(response.getResults(0).getPoints(1), response.getResults(1).getPoints(0));
        assertTrue(response.getCost().getVectorsScanned() >= 50);

        var page = engine.scroll(scroll(wire, 20).build());
        assertEquals(20, page.getPointsCount());
        assertEquals(20, page.getNextOffset().getNum());
        var rest =
                engine.scroll(scroll(wire, 100).setOffset(page.getNextOffset()).build());
        assertEquals(30, rest.getPointsCount());
        assertFalse(rest.hasNextOffset());

        var got = engine.retrieve(wire.retrieve(9, 4000, 2));
        assertEquals(
                List.of(9L, 2L),
                got.getPointsList().stream().map(p -> p.getId().getNum()).toList());
        assertEquals(Wire.payload(9, 1), got.getPoints(0).getPayload().toStringUtf8());
        assertTrue(got.getCost().getBytesRead() >= 2 * 4 * SIZE);

        var info =
                engine.info(InfoRequest.newBuilder().setCollection(wire.ref()).build());
        assertEquals(50, info.getPoints());
        assertEquals(Distance.EUCLID, info.getSpec().getVectors(0).getDistance());
        var status = engine.status(NodeStatusRequest.getDefaultInstance());
        assertEquals("n1", status.getNodeId());
        assertEquals(0, status.getPendingCommands());
        assertTrue(status.getAppliedIndex() > 0);
    }

    @Test
    void refusalsNameTheReason() throws Exception {
        assertEquals(
                RejectionCode.NOT_FOUND,
                assertThrows(EngineException.class, this::count).code());
        assertEquals(
                RejectionCode.INVALID_ARGUMENT,
                commit(Command.getDefaultInstance()).getRejection().getCode());
        collection(IsolationMode.NONE);
        var short1 = Wire.of(1, SIZE - 1);
        assertEquals(
                RejectionCode.INVALID_ARGUMENT,
                commit(wire.upsert(short1.point(1, 1))).getRejection().getCode());
        var huge = wire.command();
        huge.getSetPayloadBuilder()
                .setPayload(ByteString.copyFrom(new byte[NodeTuning.defaults().commandBytesMax()]))
                .getSelectorBuilder()
                .getIdsBuilder()
                .addIds(Wire.id(1));
        var refused = commit(huge.build()).getRejection();
        assertEquals(RejectionCode.INVALID_ARGUMENT, refused.getCode());
        assertTrue(refused.getMessage().contains("bytes"), refused::getMessage);
    }

    @Test
    void aClosedEngineSaysSo() throws Exception {
        collection(IsolationMode.NONE);
        engine.close();
        var failed = assertThrows(
                ExecutionException.class,
                () -> engine.submit(wire.upsert(wire.point(1, 1))).get(WAIT_SECONDS, TimeUnit.SECONDS));
        assertEquals(
                RejectionCode.UNAVAILABLE,
                assertInstanceOf(EngineException.class, failed.getCause()).code());
        assertEquals(
                RejectionCode.UNAVAILABLE,
                assertThrows(EngineException.class, this::count).code());
    }

    private interface CommandOf {
        Command by(int caller);
    }

    /** One command of each of {@value #CALLERS} callers at the same time. */
    private List<CommandResult> together(CommandOf commands) throws Exception {
        var start = new CountDownLatch(CALLERS);
        List<Future<CommandResult>> futures = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                futures.add(callers.submit(() -> {
                    start.countDown();
                    start.await();
                    return commit(commands.by(caller));
                }));
            }
        }
        List<CommandResult> results = new ArrayList<>();
        for (Future<CommandResult> future : futures) {
            results.add(future.get());
        }
        return results;
    }

    private void reopen() {
        if (engine != null) {
            engine.close();
        }
        engine = EmbeddedEngine.open(EngineSettings.defaults("n1", dir), NodeTuning.defaults());
    }

    private void collection(IsolationMode mode) throws Exception {
        run(wire.place(1, mode));
        run(wire.create(Distance.EUCLID));
    }

    private CommandResult commit(Command command) throws Exception {
        CompletableFuture<CommandResult> future = engine.submit(command);
        return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private CommandResult run(Command command) throws Exception {
        CommandResult result = commit(command);
        assertFalse(result.hasRejection(), result::toString);
        return result;
    }

    private long count() {
        CountResponse response =
                engine.count(CountRequest.newBuilder().setCollection(wire.ref()).build());
        return response.getCount();
    }

    private Point point(long id) {
        return wire.point(id, 1);
    }

    private static List<Point> points(Wire wire, int from, int to) {
        List<Point> points = new ArrayList<>();
        for (int id = from; id < to; id++) {
            points.add(wire.point(id, 1));
        }
        return points;
    }

    private List<ScrollResponse> scrollAll(List<Wire> tenants) {
        List<ScrollResponse> all = new ArrayList<>();
        for (Wire tenant : tenants) {
            // The cost depends on where the points lie, which a restart changes.
            all.add(engine.scroll(scroll(tenant, 1000).build()).toBuilder()
                    .clearCost()
                    .build());
        }
        return all;
    }

    private List<SearchResponse> searchAll(List<Wire> tenants) {
        List<SearchResponse> all = new ArrayList<>();
        for (Wire tenant : tenants) {
            var query = SearchQuery.newBuilder()
                    .setF32(VectorCodec.floats(tenant.vector(42, 7)))
                    .setLimit(20);
            var request = SearchRequest.newBuilder().setCollection(tenant.ref()).addQueries(query);
            all.add(engine.search(request.build()).toBuilder().clearCost().build());
        }
        return all;
    }

    private static ScrollRequest.Builder scroll(Wire wire, int limit) {
        return ScrollRequest.newBuilder()
                .setCollection(wire.ref())
                .setLimit(limit)
                .setWithPayload(PayloadSelector.newBuilder().setEnabled(true))
                .setWithVector(VectorSelector.newBuilder().setEnabled(true));
    }
}
