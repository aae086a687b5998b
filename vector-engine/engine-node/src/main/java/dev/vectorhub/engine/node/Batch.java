package dev.vectorhub.engine.node;

import com.google.protobuf.CodedOutputStream;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.CommandSlice;
import dev.vectorhub.engine.wire.v1.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;

/**
 * One log entry on its way through the log: its bytes, the commands that wait for it, already decoded, and, once it is
 * applied, their results in the same order. The in-process path thereby decodes each command once, on its caller's thread.
 */
final class Batch implements Message {

    /**
     * A command that waits.
     *
     * @param bytes that it takes in a log entry
     */
    record Waiting(Command command, LoggedState.Prepared prepared, int bytes, CompletableFuture<CommandResult> future) {

        static Waiting of(Command command, LoggedState.Prepared prepared) {
            int bytes = CodedOutputStream.computeMessageSize(LogEntry.COMMANDS_FIELD_NUMBER, command);
            return new Waiting(command, prepared, bytes, new CompletableFuture<>());
        }
    }

    private final Supplier<LogEntry> entry;
    private final List<Waiting> waiting;
    private final boolean slice;
    private @Nullable ByteString content;
    private List<CommandResult> results = List.of();

    private Batch(Supplier<LogEntry> entry, List<Waiting> waiting, boolean slice) {
        this.entry = entry;
        this.waiting = waiting;
        this.slice = slice;
    }

    static Batch of(List<Waiting> waiting) {
        return new Batch(
                () -> {
                    var entry = LogEntry.newBuilder();
                    for (Waiting one : waiting) {
                        entry.addCommands(one.command());
                    }
                    return entry.build();
                },
                waiting,
                false);
    }

    /** The entries of a command that is too large for one; only the last has somebody waiting. */
    static List<Batch> slices(Waiting large, int sliceBytes) {
        int size = large.command().getSerializedSize();
        int parts = Math.ceilDiv(size, sliceBytes);
        var whole = new Whole(large.command());
        List<Batch> slices = new ArrayList<>(parts);
        for (int part = 0; part < parts; part++) {
            int number = part;
            int from = part * sliceBytes;
            int to = Math.min(size, from + sliceBytes);
            slices.add(new Batch(
                    () -> LogEntry.newBuilder()
                            .setSlice(CommandSlice.newBuilder()
                                    .setPart(number)
                                    .setParts(parts)
                                    .setData(whole.bytes().substring(from, to)))
                            .build(),
                    part == parts - 1 ? List.of(large) : List.of(),
                    true));
        }
        return slices;
    }

    /** Serializes the entry; called once, by the thread that sends it, before anybody asks for the content. */
    void serialize() {
        content = UnsafeByteOperations.unsafeWrap(entry.get().toByteArray());
    }

    @Override
    public ByteString getContent() {
        return content == null ? ByteString.EMPTY : content;
    }

    List<Waiting> waiting() {
        return waiting;
    }

    /** True for a slice, which has to be joined with the others before it is applied. */
    boolean isSlice() {
        return slice;
    }

    /** Called by the applying thread before the entry's future completes. */
    void applied(List<CommandResult> inOrder) {
        results = inOrder;
    }

    List<CommandResult> results() {
        return results;
    }

    /** A large command's bytes, made when its first slice is sent. */
    private static final class Whole {
        private final Command command;
        private com.google.protobuf.@Nullable ByteString bytes;

        Whole(Command command) {
            this.command = command;
        }

        com.google.protobuf.ByteString bytes() {
            com.google.protobuf.ByteString made = bytes;
            if (made == null) {
                made = command.toByteString();
                bytes = made;
            }
            return made;
        }
    }
}
