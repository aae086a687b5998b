package dev.vectorhub.engine.node;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.core.EngineStore;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.kernel.Turns;
import dev.vectorhub.engine.node.codec.CommandCodec;
import dev.vectorhub.engine.node.codec.StoreCommand;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.Command;

/** The store as the log drives it. */
final class StoreState implements LoggedState {
    private final EngineStore store;
    private final WriteVersions versions;

    StoreState(EngineStore store, WriteVersions versions) {
        this.store = store;
        this.versions = versions;
    }

    @Override
    public Prepared prepare(Command command) {
        StoreCommand decoded = CommandCodec.decode(command);
        ByteString tenant = command.getTenant();
        ByteString collection = command.getCollection();
        return index -> {
            versions.begin(tenant, collection);
            // this thread applies for all, and reads need not wait for it
            Turns.lengthen();
            try {
                return decoded.applyTo(store, index);
            } catch (StoreException e) {
                throw new EngineException(StoreReads.rejection(e));
            } finally {
                versions.end(tenant, collection);
            }
        };
    }

    @Override
    public PendingCheckpoint beginCheckpoint(long index) {
        var pending = store.beginCheckpoint(index);
        return () -> {
            // checkpoints have a thread of their own, or are the last thing before closing
            Turns.lengthen();
            return pending.complete();
        };
    }

    @Override
    public boolean wantsCheckpoint() {
        return store.wantsCheckpoint();
    }

    @Override
    public long durableIndex() {
        return store.durableIndex();
    }
}
