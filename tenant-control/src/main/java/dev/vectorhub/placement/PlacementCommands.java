package dev.vectorhub.placement;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.EngineTransport;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.DropTenant;
import dev.vectorhub.engine.wire.v1.IsolationMode;
import dev.vectorhub.engine.wire.v1.PlaceTenant;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.engine.wire.v1.TenantStats;
import dev.vectorhub.engine.wire.v1.TenantStatsRequest;
import dev.vectorhub.tenant.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a placement says to a node, and what the node shows of it. */
final class PlacementCommands {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private PlacementCommands() {}

    /**
     * Sends the command and waits until it is applied.
     *
     * @return the generation that the node has seen, if it refused ours as older; empty if it obeyed
     * @throws PlacementException if it refused otherwise or did not answer in time
     */
    static OptionalLong send(EngineTransport node, Placement placement) {
        CommandResult result = await(node, command(placement));
        if (!result.hasRejection()) {
            return OptionalLong.empty();
        }
        if (result.getRejection().getCode() == RejectionCode.STALE_GENERATION) {
            long seen = observe(node, placement.tenant())
                    .map(TenantStats::getGeneration)
                    .orElse(0L);
            return OptionalLong.of(Math.max(seen, placement.generation()));
        }
        throw new PlacementException("the node refuses: "
                + result.getRejection().getCode() + " " + result.getRejection().getMessage());
    }

    /** The tenant as the node sees it; empty if it does not hold it. */
    static Optional<TenantStats> observe(EngineTransport node, TenantId tenant) {
        ByteString id = bytes(tenant.value());
        List<TenantStats> found;
        try {
            found = node.tenantStats(
                            TenantStatsRequest.newBuilder().setTenant(id).build())
                    .getTenantsList();
        } catch (EngineException e) {
            if (e.code() == RejectionCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
        for (TenantStats stats : found) {
            if (stats.getTenant().equals(id)) {
                return Optional.of(stats);
            }
        }
        return Optional.empty();
    }

    private static Command command(Placement placement) {
        Command.Builder command =
                Command.newBuilder().setTenant(bytes(placement.tenant().value()));
        // Derived, not drawn: a repetition after a crash is the same command.
        ByteString commandId = bytes(
                UUID.nameUUIDFromBytes((placement.tenant() + "|" + placement.generation() + "|" + placement.desired())
                        .getBytes(StandardCharsets.UTF_8)));
        return switch (placement.desired()) {
            case PLACED ->
                command.setPlaceTenant(PlaceTenant.newBuilder()
                                .setGeneration(placement.generation())
                                .setCommandId(commandId)
                                .setIsolation(IsolationMode.valueOf(
                                        placement.isolation().name())))
                        .build();
            case DROPPED ->
                command.setDropTenant(DropTenant.newBuilder()
                                .setGeneration(placement.generation())
                                .setCommandId(commandId))
                        .build();
        };
    }

    private static CommandResult await(EngineTransport node, Command command) {
        try {
            return node.submit(command).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new PlacementException("the node did not answer within " + LIMIT.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new PlacementException("the node failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlacementException("interrupted while the node was asked", e);
        }
    }

    private static ByteString bytes(UUID id) {
        return ByteString.copyFrom(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip());
    }
}
