package dev.vectorhub.engine.node;

import dev.vectorhub.engine.core.StoreStatus;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.Rejection;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import org.jspecify.annotations.Nullable;

/**
 * Refuses writes that add data, before they are logged, while the disk is almost full or graphs lag too far behind. What
 * is logged is always applied. Deletes stay open: they are the way out.
 */
final class Admission {
    private final long diskFreeBytesMin;
    private volatile @Nullable Rejection diskFull;
    private volatile @Nullable Rejection backlog;

    Admission(long diskFreeBytesMin) {
        this.diskFreeBytesMin = diskFreeBytesMin;
    }

    /** Takes note of the free disk space. */
    void disk(long freeBytes) {
        diskFull = freeBytes >= diskFreeBytesMin
                ? null
                : rejection(
                        RejectionCode.STORAGE_FULL,
                        "the node's disk is almost full: " + freeBytes + " bytes are free, " + diskFreeBytesMin
                                + " are kept in reserve");
    }

    /** Takes note of how far graphs lag behind. */
    void backlog(StoreStatus status) {
        backlog = !status.backPressure()
                ? null
                : rejection(
                        RejectionCode.UNAVAILABLE,
                        "indexing lags behind: " + status.backlogPoints()
                                + " points wait for their graph; the command was not written");
    }

    /** Why the command is not to be logged now, or null. */
    @Nullable
    Rejection refusal(Command command) {
        if (!addsData(command)) {
            return null;
        }
        Rejection full = diskFull;
        return full == null ? backlog : full;
    }

    private static Rejection rejection(RejectionCode code, String message) {
        return Rejection.newBuilder().setCode(code).setMessage(message).build();
    }

    private static boolean addsData(Command command) {
        return switch (command.getOpCase()) {
            case UPSERT, UPDATE_VECTORS, SET_PAYLOAD, CREATE_COLLECTION -> true;
            default -> false;
        };
    }
}
