package dev.vectorhub.collection;

import com.google.protobuf.ByteString;
import dev.vectorhub.CommandOnlyEngine;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.Rejection;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An engine that keeps only which collections there are, as the real one promises to: commands may be repeated. */
final class FakeEngine extends CommandOnlyEngine {
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
            case UPDATE_COLLECTION, ADD_VECTOR, REMOVE_VECTOR -> {
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
}
