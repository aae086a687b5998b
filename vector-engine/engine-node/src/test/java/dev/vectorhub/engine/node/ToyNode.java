package dev.vectorhub.engine.node;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A log with group commit over a {@link ToyState}, with small entries and segments. */
final class ToyNode implements AutoCloseable {
    static final NodeTuning TUNING =
            new NodeTuning(64 << 10, 32 << 10, 4, 4 << 20, 1000, 8 << 20, 64 << 10, Long.MAX_VALUE, Long.MAX_VALUE, 0);
    private static final long WAIT_SECONDS = 20;

    final ToyState state;
    final LogGroup group;
    final CompletableFuture<Throwable> failure;
    private final GroupFiles files;
    private final GroupCommit commits;

    private ToyNode(ToyState state, GroupFiles files, LogGroup group, CompletableFuture<Throwable> failure) {
        this.state = state;
        this.files = files;
        this.group = group;
        this.failure = failure;
        this.commits = new GroupCommit(
                TUNING, group::append, task -> Thread.ofVirtual().start(task));
    }

    static ToyNode open(Path dir) throws IOException {
        var files = GroupFiles.open(dir, "toy", "n1");
        try {
            var state = new ToyState(dir);
            var failure = new CompletableFuture<Throwable>();
            return new ToyNode(state, files, LogGroup.start(files, state, TUNING, failure::complete), failure);
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    CompletableFuture<CommandResult> submit(Command command) {
        return commits.submit(command, state.prepare(command));
    }

    CommandResult commit(Command command) throws Exception {
        return submit(command).get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Commits a command that has to be accepted. */
    CommandResult run(Command command) throws Exception {
        CommandResult result = commit(command);
        assertFalse(result.hasRejection(), result::toString);
        return result;
    }

    void checkpoint() throws IOException {
        new Housekeeping(group, TUNING, System::nanoTime, tick -> false).checkpoint();
    }

    int segments() throws IOException {
        try (Stream<Path> all = Files.list(files.logSegments())) {
            return (int) all.filter(f -> f.getFileName().toString().startsWith("log_"))
                    .count();
        }
    }

    @Override
    public void close() throws IOException {
        group.close();
        files.close();
    }
}
