package dev.vectorhub.api.qdrant;

import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.collection.CollectionService;
import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.Ceilings;
import dev.vectorhub.engine.wire.v1.CollectionInfo;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.CountRequest;
import dev.vectorhub.engine.wire.v1.CountResponse;
import dev.vectorhub.engine.wire.v1.FacetRequest;
import dev.vectorhub.engine.wire.v1.FacetResponse;
import dev.vectorhub.engine.wire.v1.InfoRequest;
import dev.vectorhub.engine.wire.v1.ReadCost;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.engine.wire.v1.RetrieveRequest;
import dev.vectorhub.engine.wire.v1.RetrieveResponse;
import dev.vectorhub.engine.wire.v1.ScrollRequest;
import dev.vectorhub.engine.wire.v1.ScrollResponse;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.SearchResponse;
import dev.vectorhub.plan.Limits;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
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

    @Inject
    public TenantEngine(Instance<EngineClient> client, CollectionService collections) {
        this.client = client;
        this.collections = collections;
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
        SearchResponse response;
        try {
            response = client.get().search(target.strict().search(request));
        } catch (EngineException e) {
            throw e.code() == RejectionCode.NOT_FOUND
                    ? missing(target.collection().name(), e.rejection().getMessage())
                    : e;
        }
        account(call, response.getCost());
        return response;
    }

    public RetrieveResponse retrieve(TenantCall call, Target target, RetrieveRequest request) {
        RetrieveResponse response = read(target, engine -> engine.retrieve(request));
        account(call, response.getCost());
        return response;
    }

    public ScrollResponse scroll(TenantCall call, Target target, ScrollRequest request) {
        ScrollResponse response =
                read(target, engine -> engine.scroll(target.strict().scroll(request)));
        account(call, response.getCost());
        return response;
    }

    public CountResponse count(TenantCall call, Target target, CountRequest request) {
        CountResponse response =
                read(target, engine -> engine.count(target.strict().count(request)));
        account(call, response.getCost());
        return response;
    }

    public FacetResponse facet(TenantCall call, Target target, FacetRequest request) {
        FacetResponse response = read(target, engine -> engine.facet(request));
        account(call, response.getCost());
        return response;
    }

    public CollectionInfo info(Target target) {
        return read(
                target,
                engine -> engine.info(
                        InfoRequest.newBuilder().setCollection(target.ref()).build()));
    }

    /**
     * Sends a command.
     *
     * @param command with its operation; tenant, collection and ceilings are set here
     * @throws EngineException the engine's refusal; nothing has changed then
     */
    public WriteOutcome write(TenantCall call, Target target, Command.Builder command, QueryParams.Write params) {
        Limits limits = call.scope().limits();
        target.strict().command(command);
        CompletableFuture<CommandResult> pending = client.get()
                .submit(command.setTenant(target.ref().getTenant())
                        .setCollection(target.ref().getCollection())
                        .setCeilings(Ceilings.newBuilder()
                                .setPointsPerCollection(target.strict().points(limits.maxVectorsPerCollection()))
                                .setTenantBytes(limits.maxStorageBytes()))
                        .build());
        if (!params.waits() && !pending.isDone()) {
            CompletableFuture<CommandResult> _ =
                    pending.whenComplete((result, failure) -> unseen(call, result, failure));
            return WriteOutcome.ACKNOWLEDGED;
        }
        return outcome(pending, target.collection().name(), params);
    }

    /** Waits as long as the caller does. */
    static WriteOutcome outcome(CompletableFuture<CommandResult> pending, String collection, QueryParams.Write params) {
        CommandResult result;
        try {
            result = pending.get(params.patience().toMillis(), TimeUnit.MILLISECONDS);
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

    /** Nobody waits for this answer; the log at least says what became of the write. */
    private static void unseen(TenantCall call, CommandResult result, Throwable failure) {
        if (failure != null) {
            LOG.warnf(
                    "request %s: a write that was acknowledged failed: %s",
                    call.arrival().requestId(), failure);
        } else if (result.hasRejection()) {
            LOG.debugf(
                    "request %s: a write that was acknowledged was refused: %s",
                    call.arrival().requestId(), result.getRejection().getMessage());
        }
    }

    private <T> T read(Target target, Function<EngineClient, T> call) {
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
