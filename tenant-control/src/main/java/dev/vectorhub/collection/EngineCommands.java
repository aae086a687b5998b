package dev.vectorhub.collection;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.CreateCollection;
import dev.vectorhub.engine.wire.v1.DropCollection;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.tenant.TenantId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The three commands of the catalog. Each may be repeated; all throw {@link EngineException}. */
final class EngineCommands {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Supplier<EngineClient> engine;

    EngineCommands(Supplier<EngineClient> engine) {
        this.engine = engine;
    }

    void create(TenantId tenant, UUID collection, CollectionSpec spec) {
        accepted(submit(command(tenant, collection)
                .setCreateCollection(CreateCollection.newBuilder().setSpec(spec))
                .build()));
    }

    /** @param command names neither tenant nor collection */
    void change(TenantId tenant, UUID collection, Command command) {
        accepted(submit(command(tenant, collection).mergeFrom(command).build()));
    }

    /** What the engine does not know is dropped already. */
    void drop(TenantId tenant, UUID collection) {
        CommandResult result = submit(command(tenant, collection)
                .setDropCollection(DropCollection.getDefaultInstance())
                .build());
        if (result.getRejection().getCode() != RejectionCode.NOT_FOUND) {
            accepted(result);
        }
    }

    private CommandResult submit(Command command) {
        try {
            return engine.get().submit(command).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineException refused) {
                throw refused;
            }
            throw new IllegalStateException("the engine failed", e.getCause());
        } catch (TimeoutException e) {
            throw new EngineException(
                    RejectionCode.UNAVAILABLE, "the engine did not answer within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(RejectionCode.UNAVAILABLE, "interrupted while waiting for the engine");
        }
    }

    private static void accepted(CommandResult result) {
        if (result.hasRejection()) {
            throw new EngineException(result.getRejection());
        }
    }

    private static Command.Builder command(TenantId tenant, UUID collection) {
        return Command.newBuilder().setTenant(bytes(tenant.value())).setCollection(bytes(collection));
    }

    private static ByteString bytes(UUID id) {
        return ByteString.copyFrom(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip());
    }
}
