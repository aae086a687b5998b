package dev.vectorhub.engine.client;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.wire.BackupReader;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.EngineTransport;
import dev.vectorhub.engine.wire.v1.BackupRequest;
import dev.vectorhub.engine.wire.v1.Ceilings;
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
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.engine.wire.v1.RetrieveRequest;
import dev.vectorhub.engine.wire.v1.RetrieveResponse;
import dev.vectorhub.engine.wire.v1.ScrollRequest;
import dev.vectorhub.engine.wire.v1.ScrollResponse;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.SearchResponse;
import dev.vectorhub.engine.wire.v1.TenantStatsRequest;
import dev.vectorhub.engine.wire.v1.TenantStatsResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;

/**
 * Calls the node that holds a tenant's slot. The routing table is read once and swapped as a whole; a node that answers
 * {@code WRONG_NODE} earns one refresh, and if that brought a newer epoch, one retry. Reads block the calling thread;
 * all methods may be called from any thread. Errors are those of {@link EngineTransport}.
 */
public final class EngineClient implements AutoCloseable {
    private final Routing routing;
    private volatile RoutingTable table;

    public EngineClient(Routing routing) {
        this.routing = routing;
        this.table = routing.load();
    }

    /** See {@link EngineTransport#submit}. A retried command never runs twice: the first node did not log it. */
    public CompletableFuture<CommandResult> submit(Command command) {
        try {
            var used = table;
            int slot = Slots.of(command.getTenant());
            return submitTo(used, slot, command).thenCompose(result -> {
                if (result.getRejection().getCode() != RejectionCode.WRONG_NODE || !refreshed(used)) {
                    return CompletableFuture.completedFuture(result);
                }
                return submitTo(table, slot, command);
            });
        } catch (EngineException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** See {@link EngineTransport#search}. */
    public SearchResponse search(SearchRequest request) {
        return read(request.getCollection().getTenant(), request, EngineTransport::search);
    }

    /** See {@link EngineTransport#retrieve}. */
    public RetrieveResponse retrieve(RetrieveRequest request) {
        return read(request.getCollection().getTenant(), request, EngineTransport::retrieve);
    }

    /** See {@link EngineTransport#scroll}. */
    public ScrollResponse scroll(ScrollRequest request) {
        return read(request.getCollection().getTenant(), request, EngineTransport::scroll);
    }

    /** See {@link EngineTransport#facet}. */
    public FacetResponse facet(FacetRequest request) {
        return read(request.getCollection().getTenant(), request, EngineTransport::facet);
    }

    /** See {@link EngineTransport#count}. */
    public CountResponse count(CountRequest request) {
        return read(request.getCollection().getTenant(), request, EngineTransport::count);
    }

    /** See {@link EngineTransport#info}. */
    public CollectionInfo info(InfoRequest request) {
        return read(request.getCollection().getTenant(), request, EngineTransport::info);
    }

    /** One tenant's figures, or, for an empty tenant, those of every tenant of every node. */
    public TenantStatsResponse tenantStats(TenantStatsRequest request) {
        if (!request.getTenant().isEmpty()) {
            return read(request.getTenant(), request, EngineTransport::tenantStats);
        }
        var all = TenantStatsResponse.newBuilder();
        for (String node : table.nodes()) {
            all.addAllTenants(routing.transport(node).tenantStats(request).getTenantsList());
        }
        return all.build();
    }

    /**
     * Writes a backup of the tenant's collections, or of those that are named, as they all stand at one log index, while
     * writes go on. The file is there when it is whole and on stable storage.
     *
     * @throws EngineException {@code NOT_FOUND} for an unknown tenant or collection
     */
    public BackupReader.Summary backup(BackupRequest request, Path file) throws IOException {
        return backup(request, file, bytes -> {});
    }

    /**
     * Backs up with progress.
     *
     * @param written told now and then how many bytes of the file there are; what it throws ends the backup
     */
    public BackupReader.Summary backup(BackupRequest request, Path file, LongConsumer written) throws IOException {
        return BackupFile.write(routing.transport(table.node(Slots.of(request.getTenant()))), request, file, written);
    }

    /**
     * The same to a stream, which is whole only when this returns.
     *
     * @param out buffered by the caller, who also closes it
     */
    public void backup(BackupRequest request, OutputStream out) throws IOException {
        routing.transport(table.node(Slots.of(request.getTenant()))).backup(request, out);
    }

    /**
     * Writes collections of a backup anew, for a tenant that is placed. Returns when all of it is applied.
     *
     * @param collections id in the backup to a new id, which must not exist; those that are not named are left out
     * @param ceilings of the tenant
     * @throws dev.vectorhub.engine.wire.BackupException naming the file, if it is damaged: then nothing was written
     * @throws EngineException if a command was refused: what was written has been dropped again
     */
    public BackupReader.Summary restore(
            Path file, ByteString tenant, Map<ByteString, ByteString> collections, Ceilings ceilings)
            throws IOException {
        return restore(file, tenant, collections, ceilings, points -> {});
    }

    /**
     * Restores with progress.
     *
     * @param written told now and then how many points were sent; what it throws ends the restore
     */
    public BackupReader.Summary restore(
            Path file,
            ByteString tenant,
            Map<ByteString, ByteString> collections,
            Ceilings ceilings,
            LongConsumer written)
            throws IOException {
        return Restore.run(this, file, tenant, collections, ceilings, written);
    }

    /**
     * The same of a stream that the caller has read to its end before and found sound. Of a damage that shows only now, what
     * was written is dropped again.
     *
     * @param name of the backup, for messages
     */
    public BackupReader.Summary restore(
            String name,
            InputStream backup,
            ByteString tenant,
            Map<ByteString, ByteString> collections,
            Ceilings ceilings,
            LongConsumer written)
            throws IOException {
        return Restore.run(this, name, backup, tenant, collections, ceilings, written);
    }

    /** The state of one node; see {@link RoutingTable#nodes()} for their ids. */
    public NodeStatus status(String node) {
        return routing.transport(node).status(NodeStatusRequest.getDefaultInstance());
    }

    /** The table in use. */
    public RoutingTable table() {
        return table;
    }

    @Override
    public void close() {
        routing.close();
    }

    private CompletableFuture<CommandResult> submitTo(RoutingTable current, int slot, Command command) {
        return routing.transport(current.node(slot)).submit(command);
    }

    private <Q, R> R read(ByteString tenant, Q request, BiFunction<EngineTransport, Q, R> call) {
        var used = table;
        int slot = Slots.of(tenant);
        try {
            return call.apply(routing.transport(used.node(slot)), request);
        } catch (EngineException e) {
            if (e.code() != RejectionCode.WRONG_NODE || !refreshed(used)) {
                throw e;
            }
            return call.apply(routing.transport(table.node(slot)), request);
        }
    }

    /** Whether there is a newer table than the one that failed; loads one unless another caller just did. */
    private synchronized boolean refreshed(RoutingTable failed) {
        if (table.epoch() == failed.epoch()) {
            var loaded = routing.load();
            if (loaded.epoch() > table.epoch()) {
                table = loaded;
            }
        }
        return table.epoch() > failed.epoch();
    }
}
