package dev.vectorhub.engine.node;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandSlice;
import org.jspecify.annotations.Nullable;

/**
 * Joins the slices of a command that was too large for a log entry. Slices of one command follow each other without
 * another entry between them; whatever breaks the row drops what was joined so far, for then the command was never
 * acknowledged. A pure function of the log, so every replica joins the same.
 */
final class SliceJoin {
    private final int commandBytesMax;
    private ByteString joined = ByteString.EMPTY;
    private int next;
    private int parts;

    SliceJoin(int commandBytesMax) {
        this.commandBytesMax = commandBytesMax;
    }

    /** True between the first and the last slice of a command. */
    boolean isOpen() {
        return next > 0;
    }

    void drop() {
        joined = ByteString.EMPTY;
        next = 0;
        parts = 0;
    }

    /**
     * Adds the next slice.
     *
     * @return the command with the last slice, else null
     * @throws InvalidProtocolBufferException if the slices do not fit together; they are dropped then
     */
    @Nullable
    Command add(CommandSlice slice) throws InvalidProtocolBufferException {
        if (slice.getPart() == 0) {
            drop();
            parts = slice.getParts();
        }
        boolean fits = slice.getPart() == next
                && slice.getParts() == parts
                && next < parts
                && joined.size() + (long) slice.getData().size() <= commandBytesMax;
        if (!fits) {
            drop();
            throw new InvalidProtocolBufferException(
                    "slice " + slice.getPart() + " of " + slice.getParts() + " does not continue the one before it");
        }
        joined = joined.concat(slice.getData());
        next++;
        if (next < parts) {
            return null;
        }
        ByteString whole = joined;
        drop();
        return Command.parseFrom(whole);
    }
}
