package dev.vectorhub.collection;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.EngineTransport;
import dev.vectorhub.engine.wire.v1.BackupRequest;
import dev.vectorhub.engine.wire.v1.CollectionInfo;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.CountRequest;
import dev.vectorhub.engine.wire.v1.CountResponse;
import dev.vectorhub.engine.wire.v1.FacetRequest;
import dev.vectorhub.engine.wire.v1.FacetResponse;
import dev.vectorhub.engine.wire.v1.InfoRequest;
import dev.vectorhub.engine.wire.v1.NodeStatus;
import dev.vectorhub.engine.wire.v1.NodeStatusRequest;
import dev.vectorhub.engine.wire.v1.Rejection;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.engine.wire.v1.RetrieveRequest;
import dev.vectorhub.engine.wire.v1.RetrieveResponse;
import dev.vectorhub.engine.wire.v1.ScrollRequest;
import dev.vectorhub.engine.wire.v1.ScrollResponse;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.SearchResponse;
import dev.vectorhub.engine.wire.v1.TenantStatsRequest;
import dev.vectorhub.engine.wire.v1.TenantStatsResponse;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An engine that keeps only which collections there are, as the real one promises to: commands may be repeated. */
final class FakeEngine implements EngineTransport {
    final Map<ByteString, CollectionSpec> collections = new ConcurrentHashMap<>();

    /** The next commands fail with it before they do anything. */
    volatile @Nullable EngineException before;

    /** The next commands do their work, and then the answer is lost with it. */
    volatile @Nullable EngineException after;

    @Override
    public CompletableFuture<CommandResult> submit(Command command) {
        EngineException early = before;
        if (early != null) {
            return CompletableFuture.failedFuture(early);
        }
        CommandResult result = apply(command);
        EngineException late = after;
        return late != null ? CompletableFuture.failedFuture(late) : CompletableFuture.completedFuture(result);
    }

    private CommandResult apply(Command command) {
        ByteString id = command.getCollection();
        switch (command.getOpCase()) {
            case CREATE_COLLECTION -> {
                CollectionSpec spec = command.getCreateCollection().getSpec();
                if (spec.getVectorsCount() == 0) {
                    return rejected(RejectionCode.INVALID_ARGUMENT, "no vectors");
                }
                CollectionSpec present = collections.putIfAbsent(id, spec);
                if (present != null && !present.equals(spec)) {
                    return rejected(RejectionCode.ALREADY_EXISTS, "another spec");
                }
            }
            case UPDATE_COLLECTION -> {
                if (!collections.containsKey(id)) {
                    return rejected(RejectionCode.NOT_FOUND, "no such collection");
                }
            }
            case DROP_COLLECTION -> {
                if (collections.remove(id) == null) {
                    return rejected(RejectionCode.NOT_FOUND, "no such collection");
                }
            }
            default -> throw new IllegalArgumentException("not a command of the catalog: " + command.getOpCase());
        }
        return CommandResult.getDefaultInstance();
    }

    private static CommandResult rejected(RejectionCode code, String message) {
        return CommandResult.newBuilder()
                .setRejection(Rejection.newBuilder().setCode(code).setMessage(message))
                .build();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("the catalog reads nothing from the engine");
    }

    @Override
    public SearchResponse search(SearchRequest request) {
        throw unused();
    }

    @Override
    public RetrieveResponse retrieve(RetrieveRequest request) {
        throw unused();
    }

    @Override
    public ScrollResponse scroll(ScrollRequest request) {
        throw unused();
    }

    @Override
    public FacetResponse facet(FacetRequest request) {
        throw unused();
    }

    @Override
    public CountResponse count(CountRequest request) {
        throw unused();
    }

    @Override
    public CollectionInfo info(InfoRequest request) {
        throw unused();
    }

    @Override
    public TenantStatsResponse tenantStats(TenantStatsRequest request) {
        throw unused();
    }

    @Override
    public NodeStatus status(NodeStatusRequest request) {
        throw unused();
    }

    @Override
    public void backup(BackupRequest request, OutputStream out) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
