package dev.vectorhub.engine.node;

import dev.vectorhub.engine.wire.v1.Command;

/** What the log drives. All but {@link #prepare} and {@link PendingCheckpoint#complete} runs on one thread at a time. */
interface LoggedState {

    /** A decoded command. */
    interface Prepared {
        /**
         * Applies the command.
         *
         * @param index of the log entry that carries it
         * @return points written or removed
         * @throws dev.vectorhub.engine.wire.EngineException if it is refused; then it has changed nothing
         */
        int apply(long index);
    }

    /** State that is fixed and still to be written. */
    interface PendingCheckpoint {
        /** Makes it durable, from any thread, and returns the log index up to which the state needs no log. */
        long complete();
    }

    /**
     * Decodes a command, from any thread; the result depends on the command alone.
     *
     * @throws dev.vectorhub.engine.wire.EngineException {@code INVALID_ARGUMENT} for a malformed one
     */
    Prepared prepare(Command command);

    /** Fixes the state between two entries. */
    PendingCheckpoint beginCheckpoint(long index);

    /** Whether a checkpoint is due although nothing was applied since the last. */
    boolean wantsCheckpoint();

    /** As of opening: everything up to this log index is contained. */
    long durableIndex();
}
