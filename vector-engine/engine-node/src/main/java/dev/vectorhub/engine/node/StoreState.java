package dev.vectorhub.engine.node;

import dev.vectorhub.engine.core.EngineStore;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.node.codec.CommandCodec;
import dev.vectorhub.engine.node.codec.StoreCommand;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.Command;

/** The store as the log drives it. */
final class StoreState implements LoggedState {
    private final EngineStore store;

    StoreState(EngineStore store) {
        this.store = store;
    }

    @Override
    public Prepared prepare(Command command) {
        StoreCommand decoded = CommandCodec.decode(command);
        return index -> {
            try {
                return decoded.applyTo(store, index);
            } catch (StoreException e) {
                throw new EngineException(StoreReads.rejection(e));
            }
        };
    }

    @Override
    public PendingCheckpoint beginCheckpoint(long index) {
        return store.beginCheckpoint(index)::complete;
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
