package dev.vectorhub.engine.wire;

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
import dev.vectorhub.engine.wire.v1.RetrieveRequest;
import dev.vectorhub.engine.wire.v1.RetrieveResponse;
import dev.vectorhub.engine.wire.v1.ScrollRequest;
import dev.vectorhub.engine.wire.v1.ScrollResponse;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.SearchResponse;
import dev.vectorhub.engine.wire.v1.TenantStatsRequest;
import dev.vectorhub.engine.wire.v1.TenantStatsResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/**
 * One engine node, in this process or elsewhere.
 *
 * <p>Reads block the calling thread and throw {@link EngineException} ({@code NOT_FOUND} for an unknown collection,
 * {@code INVALID_ARGUMENT} for a wrong dimension or an unknown vector name). All methods may be called from any thread.
 */
public interface EngineTransport extends AutoCloseable {

    /**
     * Writes the command to the log. The future completes once the entry is on stable storage and applied, with the
     * state machine's verdict; a {@link CommandResult#getRejection() rejection} changed nothing. It fails with
     * {@link EngineException} ({@code UNAVAILABLE}) when too many commands are pending or the node is closing: then the
     * outcome is unknown unless the message says otherwise.
     */
    CompletableFuture<CommandResult> submit(Command command);

    SearchResponse search(SearchRequest request);

    RetrieveResponse retrieve(RetrieveRequest request);

    ScrollResponse scroll(ScrollRequest request);

    /** {@code INVALID_ARGUMENT} if the field has no index that counts its values. */
    FacetResponse facet(FacetRequest request);

    CountResponse count(CountRequest request);

    CollectionInfo info(InfoRequest request);

    TenantStatsResponse tenantStats(TenantStatsRequest request);

    NodeStatus status(NodeStatusRequest request);

    /**
     * Writes a backup, as {@link BackupWriter} describes it, of the state at one log index, while writes go on.
     *
     * @param out buffered by the caller, who also closes it
     */
    void backup(BackupRequest request, OutputStream out) throws IOException;

    /** Flushes and closes; pending commands fail. */
    @Override
    void close();
}
