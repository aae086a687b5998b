package dev.vectorhub.engine.node;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.core.StoreStatus;
import dev.vectorhub.engine.node.codec.ModelCodec;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.Rejection;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses writes that add data, before they are logged, while the disk is almost full or the graphs of their tenant lag too far
 * behind. What is logged is always applied. Deletes stay open: they are the way out.
 */
final class Admission {
    private final long diskFreeBytesMin;
    private volatile @Nullable Rejection diskFull;
    private volatile Map<ByteString, Rejection> heldBack = Map.of();

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
        Map<ByteString, Rejection> now = new HashMap<>();
        status.heldBack()
                .forEach((tenant, points) -> now.put(
                        ModelCodec.uuid(tenant),
                        rejection(
                                RejectionCode.UNAVAILABLE,
                                "indexing lags behind: " + points
                                        + " points of the tenant wait for their graph; the command was not written")));
        heldBack = now;
    }

    /** Why the command is not to be logged now, or null. */
    @Nullable
    Rejection refusal(Command command) {
        if (!addsData(command)) {
            return null;
        }
        Rejection full = diskFull;
        return full == null ? heldBack.get(command.getTenant()) : full;
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
