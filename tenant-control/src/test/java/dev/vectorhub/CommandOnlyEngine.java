package dev.vectorhub;

import dev.vectorhub.engine.wire.EngineTransport;
import dev.vectorhub.engine.wire.v1.BackupRequest;
import dev.vectorhub.engine.wire.v1.CollectionInfo;
import dev.vectorhub.engine.wire.v1.CountRequest;
import dev.vectorhub.engine.wire.v1.CountResponse;
import dev.vectorhub.engine.wire.v1.FacetRequest;
import dev.vectorhub.engine.wire.v1.FacetResponse;
import dev.vectorhub.engine.wire.v1.InfoRequest;
import dev.vectorhub.engine.wire.v1.NodeStatus;
import dev.vectorhub.engine.wire.v1.NodeStatusRequest;
import dev.vectorhub.engine.wire.v1.RetrieveRequest;
import dev.vectorhub.engine.wire.v1.RetrieveResponse;
import dev.vectorhub.engine.wire.v1.ScrollRequest;
import dev.vectorhub.engine.wire.v1.ScrollResponse;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.SearchResponse;
import dev.vectorhub.engine.wire.v1.TenantStatsRequest;
import dev.vectorhub.engine.wire.v1.TenantStatsResponse;
import java.io.OutputStream;

/** What the control plane's stand-ins for an engine share: they obey commands, and nobody reads points from them. */
public abstract class CommandOnlyEngine implements EngineTransport {

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("the control plane reads no points");
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
        throw unused();
    }

    @Override
    public void close() {}
}
