package dev.vectorhub.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.LogEntry;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private static final int ENTRY_MAX = 10_000;
    private static final int ENTRY_GOAL = 5_000;
    private static final int IN_FLIGHT_MAX = 3;
    private static final int COMMAND_MAX = 40_000;
    private static final int COMMANDS_MAX = 100;
    private static final NodeTuning TUNING = new NodeTuning(
            ENTRY_MAX, ENTRY_GOAL, IN_FLIGHT_MAX, COMMAND_MAX, COMMANDS_MAX, 100_000, 1 << 20, 1 << 20, 1000, 0);

    private final Wire wire = Wire.of(1, 16);
    private final ManualLog log = new ManualLog();
    private final GroupCommit commits = new GroupCommit(TUNING, log::append, Runnable::run);
    private long nextId;

    @Test
    void aLoneCommandIsSentAtOnce() throws Exception {
        var future = submit(small());
        assertEquals(1, log.entries.size());
        assertFalse(future.isDone());
        log.land(0);
        assertEquals(1, future.get().getLogIndex());
        assertEquals(0, commits.pendingCommands());
    }

    @Test
    void commandsGatherWhileOneFlies() throws Exception {
        List<CompletableFuture<CommandResult>> futures = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            futures.add(submit(small()));
        }
        assertEquals(1, log.entries.size());
        log.land(0);
        assertEquals(2, log.entries.size());
        assertEquals(9, log.entries.get(1).waiting().size());
        log.land(1);
        for (int i = 0; i < 10; i++) {
            assertEquals(i == 0 ? 1 : 2, futures.get(i).get().getLogIndex());
        }
    }

    @Test
    void fullEntriesFlyTogetherUpToTheBound() {
        for (int i = 0; i < 10; i++) {
            var _ = submit(ofBytes(ENTRY_GOAL));
        }
        assertEquals(IN_FLIGHT_MAX, log.entries.size());
        log.land(0);
        assertEquals(IN_FLIGHT_MAX + 1, log.entries.size());
    }

    @Test
    void anEntryStaysWithinItsBytes() throws Exception {
        var _ = submit(small());
        for (int i = 0; i < 60; i++) {
            var _ = submit(ofBytes(1000));
        }
        log.landAll();
        assertTrue(log.entries.size() > 6);
        for (Batch entry : log.entries) {
            assertTrue(
                    entry.getContent().size() <= ENTRY_MAX,
                    "an entry of " + entry.getContent().size());
        }
    }

    @Test
    void commandsStandInTheLogInTheOrderOfSubmission() throws Exception {
        List<Command> submitted = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Command command = i % 10 == 9 ? ofBytes(25_000) : ofBytes(700);
            submitted.add(command);
            var _ = submit(command);
            if (i % 4 == 3) {
                log.landAll();
            }
        }
        log.landAll();
        assertEquals(submitted, log.commands());
    }

    @Test
    void aLargeCommandTravelsInSlicesAndHasOneResult() throws Exception {
        Command large = ofBytes(35_000);
        var future = submit(large);
        log.landAll();
        assertEquals(4, log.entries.size());
        assertEquals(List.of(large), log.commands());
        assertEquals(4, future.get().getLogIndex());
        assertEquals(0, commits.pendingCommands());
    }

    @Test
    void whatIsPendingIsBoundedInNumber() {
        for (int i = 0; i < COMMANDS_MAX; i++) {
            var _ = submit(small());
        }
        refused(submit(small()), "too many");
        log.landAll();
        assertFalse(submit(small()).isDone());
    }

    private static Command of(long tenant, Command command) {
        return command.toBuilder().setTenant(Wire.of(tenant, 8).tenant()).build();
    }

    @Test
    void whatIsPendingIsBoundedInBytes() {
        var _ = submit(ofBytes(39_000));
        refused(submit(ofBytes(39_000)), "of the tenant");
        var _ = submit(of(8, ofBytes(39_000)));
        refused(submit(of(9, ofBytes(39_000))), "too many writes are pending");
        assertFalse(submit(small()).isDone());
        assertEquals(3, commits.pendingCommands());
    }

    @Test
    void closingFailsWhatWasNotSentAndWaitsForWhatFlies() throws Exception {
        var sent = submit(small());
        var queued = submit(small());
        var closing = Thread.ofVirtual().start(() -> {
            try {
                commits.close("closing", 60_000);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        refused(queued, "not written");
        assertTrue(closing.isAlive());
        log.land(0);
        closing.join();
        assertEquals(1, sent.get().getLogIndex());
        refused(submit(small()), "not written");
        assertEquals(0, commits.pendingCommands());
    }

    @Test
    void aStoppedLogLeavesTheOutcomeUnknown() {
        var sent = submit(small());
        var queued = submit(small());
        commits.fail("disk gone");
        refused(sent, "unknown");
        refused(queued, "not written");
        log.land(0);
        assertEquals(0, commits.pendingCommands());
    }

    @Test
    void aRefusedEntryLeavesTheOutcomeUnknown() {
        var sent = submit(small());
        log.futures.get(0).completeExceptionally(new IllegalStateException("no leader"));
        refused(sent, "unknown");
        assertFalse(submit(small()).isDone());
    }

    private CompletableFuture<CommandResult> submit(Command command) {
        return commits.submit(command, index -> 1);
    }

    private Command small() {
        return wire.delete(nextId++);
    }

    /** A command that takes about so many bytes. */
    private Command ofBytes(int bytes) {
        var command = wire.command();
        command.getSetPayloadBuilder()
                .setPayload(ByteString.copyFrom(new byte[bytes - 60]))
                .getSelectorBuilder()
                .getIdsBuilder()
                .addIds(Wire.id(nextId++));
        return command.build();
    }

    private static void refused(CompletableFuture<CommandResult> future, String why) {
        var failed = assertThrows(ExecutionException.class, () -> future.get(10, TimeUnit.SECONDS));
        var refusal = assertInstanceOf(EngineException.class, failed.getCause());
        assertEquals(RejectionCode.UNAVAILABLE, refusal.code());
        assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal::toString);
    }

    /** A log whose entries land when the test says so. */
    private static final class ManualLog {
        private final List<Batch> entries = new ArrayList<>();
        private final List<CompletableFuture<Void>> futures = new ArrayList<>();

        CompletableFuture<Void> append(Batch batch) {
            entries.add(batch);
            futures.add(new CompletableFuture<>());
            return futures.getLast();
        }

        void land(int entry) {
            List<CommandResult> results = new ArrayList<>();
            for (int i = 0; i < entries.get(entry).waiting().size(); i++) {
                results.add(CommandResult.newBuilder().setLogIndex(entry + 1L).build());
            }
            entries.get(entry).applied(results);
            futures.get(entry).complete(null);
        }

        void landAll() {
            for (int i = 0; i < entries.size(); i++) {
                if (!futures.get(i).isDone()) {
                    land(i);
                }
            }
        }

        List<Command> commands() throws Exception {
            List<Command> commands = new ArrayList<>();
            var join = new SliceJoin(COMMAND_MAX);
            for (Batch entry : entries) {
                var parsed = LogEntry.parseFrom(entry.getContent().newInput());
                if (parsed.hasSlice()) {
                    Command whole = join.add(parsed.getSlice());
                    if (whole != null) {
                        commands.add(whole);
                    }
                } else {
                    commands.addAll(parsed.getCommandsList());
                }
            }
            return commands;
        }
    }
}
