package dev.vectorhub.api.qdrant;

import dev.vectorhub.api.pipeline.EngineProblems;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantPipeline;
import dev.vectorhub.collection.CollectionService;
import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.Ceilings;
import dev.vectorhub.engine.wire.v1.CollectionInfo;
import dev.vectorhub.engine.wire.v1.CollectionStats;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.CountRequest;
import dev.vectorhub.engine.wire.v1.CountResponse;
import dev.vectorhub.engine.wire.v1.FacetRequest;
import dev.vectorhub.engine.wire.v1.FacetResponse;
import dev.vectorhub.engine.wire.v1.InfoRequest;
import dev.vectorhub.engine.wire.v1.ReadCost;
import dev.vectorhub.engine.wire.v1.Rejection;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.engine.wire.v1.RetrieveRequest;
import dev.vectorhub.engine.wire.v1.RetrieveResponse;
import dev.vectorhub.engine.wire.v1.ScrollRequest;
import dev.vectorhub.engine.wire.v1.ScrollResponse;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.SearchResponse;
import dev.vectorhub.engine.wire.v1.TenantStats;
import dev.vectorhub.engine.wire.v1.TenantStatsRequest;
import dev.vectorhub.metrics.OperationalMetrics;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.ratelimit.CollectionRates;
import dev.vectorhub.ratelimit.RateLimitDecision;
import dev.vectorhub.snapshot.SnapshotFolder;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The engine as the tenant API uses it: collections by name, reads accounted to the call, writes with the tenant's
 * ceilings. A collection that went away in between is missing like any other. Blocks the calling thread.
 */
@Singleton
public class TenantEngine {

    private static final Logger LOG = Logger.getLogger(TenantEngine.class);

    /** How the engine begins the sentence about a point that is not there. */
    private static final String NO_POINT = "No point with id ";

    private final Instance<EngineClient> client;
    private final CollectionService collections;
    private final SnapshotFolder snapshots;
    private final CollectionRates rates;
    private final OperationalMetrics metrics;
    private final UnseenRefusals refusals;

    @Inject
    TenantEngine(
            Instance<EngineClient> client,
            CollectionService collections,
            SnapshotFolder snapshots,
            CollectionRates rates,
            OperationalMetrics metrics,
            UnseenRefusals refusals) {
        this.client = client;
        this.collections = collections;
        this.snapshots = snapshots;
        this.rates = rates;
        this.metrics = metrics;
        this.refusals = refusals;
    }

    /**
     * Finds a collection of the caller's.
     *
     * @throws TenantApiException 404 where the caller has no such collection
     */
    public Target target(TenantCall call, String name) {
        return collections
                .find(call.scope(), name)
                .map(collection -> Target.of(call.scope().tenant(), collection))
                .orElseThrow(() -> TenantApiException.noCollection(name));
    }

    /**
     * Searches.
     *
     * @throws TenantApiException 404 where a query names a point that is not there
     */
    public SearchResponse search(TenantCall call, Target target, SearchRequest request) {
        allowed(target, false, call.timeoutSeconds());
        return compare(call, target, target.strict().search(request));
    }

    /** The same for searches that belong to one that has been checked. */
    public SearchResponse compare(TenantCall call, Target target, SearchRequest request) {
        SearchResponse response;
        try {
            SearchRequest wanted = DefaultBreadth.of(target.collection().spec(), request);
            response = within(call, "Search", () -> client.get().search(wanted));
        } catch (EngineException e) {
            throw e.code() == RejectionCode.NOT_FOUND
                    ? missing(target.collection().name(), e.rejection().getMessage())
                    : e;
        }
        account(call, response.getCost());
        return response;
    }

    public RetrieveResponse retrieve(TenantCall call, Target target, RetrieveRequest request) {
        RetrieveResponse response = read(call, target, "Retrieve", engine -> engine.retrieve(request));
        account(call, response.getCost());
        return response;
    }

    public ScrollResponse scroll(TenantCall call, Target target, ScrollRequest request) {
        return scroll(call, target, request, request.getLimit());
    }

    /** The first points of what is asked for. */
    public ScrollResponse scroll(TenantCall call, Target target, ScrollRequest request, int points) {
        ScrollRequest checked =
                target.strict().scroll(request).toBuilder().setLimit(points).build();
        ScrollResponse response = read(call, target, "Scroll", engine -> engine.scroll(checked));
        account(call, response.getCost());
        return response;
    }

    /** Goes on with a scroll that has been checked and begun. */
    public ScrollResponse scrollOn(TenantCall call, Target target, ScrollRequest request) {
        ScrollRequest checked = target.strict().scroll(request);
        ScrollResponse response = asked(target, engine -> call.presence().during(() -> engine.scroll(checked)));
        account(call, response.getCost());
        return response;
    }

    public CountResponse count(TenantCall call, Target target, CountRequest request) {
        CountRequest checked = target.strict().count(request);
        CountResponse response = read(call, target, "Count", engine -> engine.count(checked));
        account(call, response.getCost());
        return response;
    }

    public FacetResponse facet(TenantCall call, Target target, FacetRequest request) {
        FacetRequest checked = target.strict().facet(request);
        FacetResponse response = read(call, target, "Facet", engine -> engine.facet(checked));
        account(call, response.getCost());
        return response;
    }

    public CollectionInfo info(Target target) {
        return asked(
                target,
                engine -> engine.info(
                        InfoRequest.newBuilder().setCollection(target.ref()).build()));
    }

    /** What the tenant stores in each collection, whatever the key reaches; those that nobody has written to may be missing. */
    public List<CollectionStats> stats(TenantCall call) {
        TenantStatsRequest request = TenantStatsRequest.newBuilder()
                .setTenant(Target.bytes(call.scope().tenant().value()))
                .build();
        List<CollectionStats> stats = new ArrayList<>();
        for (TenantStats tenant : client.get().tenantStats(request).getTenantsList()) {
            stats.addAll(tenant.getCollectionsList());
        }
        return stats;
    }

    /**
     * Sends a command.
     *
     * @param command with its operation; tenant, collection and ceilings are set here
     * @throws EngineException the engine's refusal; nothing has changed then
     */
    public WriteOutcome write(TenantCall call, Target target, Command.Builder command, QueryParams.Write params) {
        Limits limits = call.scope().limits();
        target.strict().command(command, around(target));
        allowed(target, true, params.timeoutSeconds());
        // Snapshots are the tenant's storage as well; 0 would be no ceiling.
        long beside = snapshots.bytes(call.scope().tenant());
        CompletableFuture<CommandResult> pending = client.get()
                .submit(command.setTenant(target.ref().getTenant())
                        .setCollection(target.ref().getCollection())
                        .setCeilings(Ceilings.newBuilder()
                                .setPointsPerCollection(target.strict().points(limits.maxVectorsPerCollection()))
                                .setTenantBytes(Math.max(1, limits.maxStorageBytes() - beside)))
                        .build());
        if (!params.waits() && !pending.isDone()) {
            CompletableFuture<CommandResult> _ =
                    pending.whenComplete((result, failure) -> unseen(call, target, result, failure));
            return WriteOutcome.ACKNOWLEDGED;
        }
        try {
            return outcome(pending, target.collection().name(), params);
        } catch (EngineException e) {
            throw e.code() == RejectionCode.BYTE_CEILING && beside > 0 ? with(beside, e) : e;
        }
    }

    /** The refusal as the tenant counts: with what it stores beside its points. */
    private static EngineException with(long beside, EngineException full) {
        Rejection rejection = full.rejection();
        return new EngineException(rejection.toBuilder()
                .setLimit(rejection.getLimit() + beside)
                .setUsed(rejection.getUsed() + beside)
                .build());
    }

    /** Waits as long as the caller does. */
    static WriteOutcome outcome(CompletableFuture<CommandResult> pending, String collection, QueryParams.Write params) {
        CommandResult result;
        try {
            result = pending.get(params.patience().nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return WriteOutcome.WAIT_TIMEOUT;
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(RejectionCode.UNAVAILABLE, "interrupted while waiting for the engine");
        }
        if (result.hasRejection()) {
            throw result.getRejection().getCode() == RejectionCode.NOT_FOUND
                    ? missing(collection, result.getRejection().getMessage())
                    : new EngineException(result.getRejection());
        }
        return params.waits()
                ? WriteOutcome.completed(result.getLogIndex(), result.getPointsAffected())
                : WriteOutcome.ACKNOWLEDGED;
    }

    private static RuntimeException failure(Throwable e) {
        Throwable cause = e;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof EngineException refused
                ? refused
                : new IllegalStateException("the engine failed", cause);
    }

    /** Nobody waits for this answer; the collection says what became of the write to whoever asks. */
    private void unseen(TenantCall call, Target target, @Nullable CommandResult result, @Nullable Throwable failure) {
        String id = call.arrival().requestId();
        if (failure != null) {
            LOG.warnf("request %s: a write that was acknowledged failed: %s", id, failure);
            refusals.note(target.collection().id(), id, "the engine could not do it");
        } else if (result != null && result.hasRejection()) {
            RuntimeException refused = EngineProblems.of(new EngineException(result.getRejection()));
            refusals.note(target.collection().id(), id, String.valueOf(refused.getMessage()));
        }
    }

    private <T> T read(TenantCall call, Target target, String what, Function<EngineClient, T> read) {
        allowed(target, false, call.timeoutSeconds());
        return asked(target, engine -> within(call, what, () -> read.apply(engine)));
    }

    /**
     * Reads no longer than the caller waits, on its thread.
     *
     * @throws TenantApiException 408
     */
    private static <T> T within(TenantCall call, String what, Supplier<T> read) {
        try {
            return call.patience().during(read);
        } catch (EngineException e) {
            if (e.code() == RejectionCode.CANCELLED && call.timeoutSeconds() > 0) {
                throw TenantApiException.timedOut(what, call.timeoutSeconds());
            }
            throw e;
        }
    }

    /** What the tenant itself allows on the collection, beside what its plan allows. */
    private void allowed(Target target, boolean write, long timeoutSeconds) {
        target.strict().timeout(timeoutSeconds);
        long rate = target.strict().rate(write);
        if (rate > 0
                && rates.tryConsume(target.collection().id(), write, rate) instanceof RateLimitDecision.Denied denied) {
            throw TenantPipeline.rateProblem(denied);
        }
    }

    private StrictMode.Surroundings around(Target target) {
        return new StrictMode.Surroundings() {
            @Override
            public CollectionInfo info() {
                return TenantEngine.this.info(target);
            }

            @Override
            public double memoryPercent() {
                return metrics.memoryPercent();
            }
        };
    }

    private <T> T asked(Target target, Function<EngineClient, T> call) {
        try {
            return call.apply(client.get());
        } catch (EngineException e) {
            throw e.code() == RejectionCode.NOT_FOUND
                    ? TenantApiException.noCollection(target.collection().name())
                    : e;
        }
    }

    /** A point that a request names is not there; or else the collection. */
    private static TenantApiException missing(String collection, @Nullable String message) {
        return message != null && message.startsWith(NO_POINT)
                ? new TenantApiException(404, "Not found: " + message)
                : TenantApiException.noCollection(collection);
    }

    private static void account(TenantCall call, ReadCost cost) {
        call.read(cost.getVectorsScanned(), cost.getBytesRead());
    }
}
