package dev.vectorhub.engine.client;

import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.EngineTransport;
import dev.vectorhub.engine.wire.v1.BackupRequest;
import dev.vectorhub.engine.wire.v1.CollectionInfo;
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
import dev.vectorhub.engine.wire.v1.TenantStats;
import dev.vectorhub.engine.wire.v1.TenantStatsRequest;
import dev.vectorhub.engine.wire.v1.TenantStatsResponse;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** A node that answers everything or, when it does not hold the slot, nothing. Counts its calls. */
class FakeTransport implements EngineTransport {
    final String node;
    boolean holdsSlots = true;
    boolean closed;
    int calls;

    FakeTransport(String node) {
        this.node = node;
    }

    @Override
    public CompletableFuture<CommandResult> submit(Command command) {
        calls++;
        var result = CommandResult.newBuilder().setLogIndex(calls);
        if (!holdsSlots) {
            result.setRejection(Rejection.newBuilder().setCode(RejectionCode.WRONG_NODE));
        }
        return CompletableFuture.completedFuture(result.build());
    }

    @Override
    public SearchResponse search(SearchRequest request) {
        return answer(SearchResponse.getDefaultInstance());
    }

    @Override
    public RetrieveResponse retrieve(RetrieveRequest request) {
        return answer(RetrieveResponse.getDefaultInstance());
    }

    @Override
    public ScrollResponse scroll(ScrollRequest request) {
        return answer(ScrollResponse.getDefaultInstance());
    }

    @Override
    public FacetResponse facet(FacetRequest request) {
        return answer(FacetResponse.getDefaultInstance());
    }

    @Override
    public CountResponse count(CountRequest request) {
        return answer(CountResponse.getDefaultInstance());
    }

    @Override
    public CollectionInfo info(InfoRequest request) {
        return answer(CollectionInfo.getDefaultInstance());
    }

    @Override
    public TenantStatsResponse tenantStats(TenantStatsRequest request) {
        return answer(TenantStatsResponse.newBuilder()
                .addTenants(TenantStats.newBuilder().setGeneration(1))
                .build());
    }

    @Override
    public NodeStatus status(NodeStatusRequest request) {
        return NodeStatus.newBuilder().setNodeId(node).build();
    }

    @Override
    public void backup(BackupRequest request, OutputStream out) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        closed = true;
    }

    private <R> R answer(R response) {
        calls++;
        if (!holdsSlots) {
            throw new EngineException(RejectionCode.WRONG_NODE, "the slot is not on " + node);
        }
        return response;
    }
}
