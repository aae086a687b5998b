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
    private volatile @Nullable Rejection reason;

    Admission(long diskFreeBytesMin) {
        this.diskFreeBytesMin = diskFreeBytesMin;
    }

    /** Takes note of the store's state. */
    void refresh(StoreStatus status) {
        reason = decide(status, diskFreeBytesMin);
    }

    /** Why the command is not to be logged now, or null. */
    @Nullable
    Rejection refusal(Command command) {
        Rejection now = reason;
        return now != null && addsData(command) ? now : null;
    }

    static @Nullable Rejection decide(StoreStatus status, long diskFreeBytesMin) {
        if (status.diskFreeBytes() < diskFreeBytesMin) {
            return Rejection.newBuilder()
                    .setCode(RejectionCode.STORAGE_FULL)
                    .setMessage("the node's disk is almost full: " + status.diskFreeBytes() + " bytes are free, "
                            + diskFreeBytesMin + " are kept in reserve")
                    .build();
        }
        if (status.backPressure()) {
            return Rejection.newBuilder()
                    .setCode(RejectionCode.UNAVAILABLE)
                    .setMessage("indexing lags behind: " + status.backlogPoints()
                            + " points wait for their graph; the command was not written")
                    .build();
        }
        return null;
    }

    private static boolean addsData(Command command) {
        return switch (command.getOpCase()) {
            case UPSERT, SET_PAYLOAD, CREATE_COLLECTION -> true;
            default -> false;
        };
    }
}
