package dev.vectorhub.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.wire.BackupException;
import dev.vectorhub.engine.wire.BackupReader;
import dev.vectorhub.engine.wire.BackupWriter;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.BackupCollection;
import dev.vectorhub.engine.wire.v1.BackupHeader;
import dev.vectorhub.engine.wire.v1.BackupRequest;
import dev.vectorhub.engine.wire.v1.Ceilings;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.PointId;
import dev.vectorhub.engine.wire.v1.Rejection;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.engine.wire.v1.VectorParams;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was backed up is what is restored, and nothing of a damaged backup is. */
class BackupTest {
    private static final ByteString TENANT = ByteString.copyFrom(new byte[16]);
    private static final int POINTS = 3000;

    @TempDir
    Path dir;

    /** Collections as lists of what was written to them. */
    private static final class Memory extends FakeTransport {
        final Map<ByteString, List<Point>> collections = new HashMap<>();
        final Map<ByteString, CollectionSpec> specs = new HashMap<>();
        int refuseFrom = Integer.MAX_VALUE;
        int busy;

        Memory() {
            super("n1");
        }

        @Override
        public CompletableFuture<CommandResult> submit(Command command) {
            if (busy > 0) {
                busy--;
                return CompletableFuture.failedFuture(new EngineException(RejectionCode.UNAVAILABLE, "lag"));
            }
            ByteString id = command.getCollection();
            switch (command.getOpCase()) {
                case CREATE_COLLECTION -> {
                    collections.put(id, new ArrayList<>());
                    specs.put(id, command.getCreateCollection().getSpec());
                }
                case DROP_COLLECTION -> collections.remove(id);
                case UPSERT -> {
                    if (--refuseFrom < 0) {
                        return CompletableFuture.completedFuture(CommandResult.newBuilder()
                                .setRejection(Rejection.newBuilder().setCode(RejectionCode.BYTE_CEILING))
                                .build());
                    }
                    collections
                            .computeIfAbsent(id, made -> new ArrayList<>())
                            .addAll(command.getUpsert().getPointsList());
                }
                default -> {
                    // field indexes
                }
            }
            return CompletableFuture.completedFuture(CommandResult.getDefaultInstance());
        }

        @Override
        public void backup(BackupRequest request, OutputStream out) {
            try {
                var writer = new BackupWriter(
                        out, BackupHeader.newBuilder().setTenant(TENANT).build());
                for (var collection : collections.entrySet()) {
                    writer.collection(BackupCollection.newBuilder()
                            .setCollection(collection.getKey())
                            .setSpec(specs.get(collection.getKey()))
                            .setPoints(collection.getValue().size())
                            .build());
                    for (Point point : collection.getValue()) {
                        writer.point(point);
                    }
                }
                writer.end();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static ByteString id(int number) {
        byte[] bytes = new byte[16];
        bytes[15] = (byte) number;
        return ByteString.copyFrom(bytes);
    }

    private static Memory filled() {
        var memory = new Memory();
        for (int c = 1; c <= 2; c++) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < POINTS / c; i++) {
                points.add(Point.newBuilder()
                        .setId(PointId.newBuilder().setNum(i))
                        .setPayload(ByteString.copyFromUtf8("{\"text\":\"" + "x".repeat(i % 500) + "\"}"))
                        .build());
            }
            memory.collections.put(id(c), points);
            memory.specs.put(
                    id(c),
                    CollectionSpec.newBuilder()
                            .addVectors(VectorParams.newBuilder().setSize(c))
                            .build());
        }
        return memory;
    }

    private static EngineClient client(Memory memory) {
        return new EngineClient(Routing.single("n1", memory));
    }

    private Path written(Memory memory) throws IOException {
        Path file = dir.resolve("one.backup");
        BackupReader.Summary summary = client(memory)
                .backup(BackupRequest.newBuilder().setTenant(TENANT).build(), file);
        assertEquals(Files.size(file), summary.bytes());
        assertEquals(2, summary.collections());
        assertFalse(Files.exists(dir.resolve("one.backup.part")));
        return file;
    }

    @Test
    void whatWasBackedUpIsRestoredUnderOtherIds() throws Exception {
        Memory source = filled();
        Path file = written(source);
        var target = new Memory();
        target.busy = 1;
        var summary = client(target)
                .restore(file, TENANT, Map.of(id(1), id(11), id(2), id(12)), Ceilings.getDefaultInstance());
        assertEquals(POINTS + POINTS / 2, summary.points());
        for (int c = 1; c <= 2; c++) {
            assertEquals(source.collections.get(id(c)), target.collections.get(id(10 + c)));
            assertEquals(source.specs.get(id(c)), target.specs.get(id(10 + c)));
        }
    }

    @Test
    void onlyWhatIsNamedIsRestored() throws Exception {
        var target = new Memory();
        client(target).restore(written(filled()), TENANT, Map.of(id(2), id(12)), Ceilings.getDefaultInstance());
        assertEquals(Set.of(id(12)), target.collections.keySet());
    }

    @Test
    void whatIsRefusedHalfWayIsDroppedAgain() throws Exception {
        var target = new Memory();
        target.refuseFrom = 2;
        var refused = assertThrows(
                EngineException.class,
                () -> client(target)
                        .restore(written(filled()), TENANT, Map.of(id(1), id(11)), Ceilings.getDefaultInstance()));
        assertEquals(RejectionCode.BYTE_CEILING, refused.code());
        assertEquals(Map.of(), target.collections);
    }

    @Test
    void nothingOfADamagedBackupIsRestored() throws Exception {
        Path file = written(filled());
        byte[] sound = Files.readAllBytes(file);
        var random = new Random(3);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = sound.clone();
            int at = i < 100 ? i : random.nextInt(sound.length);
            switch (i % 3) {
                case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> damaged = Arrays.copyOf(damaged, at);
                default -> damaged = Arrays.copyOf(damaged, damaged.length + 1 + random.nextInt(9));
            }
            Files.write(file, damaged);
            var target = new Memory();
            var refused = assertThrows(
                    BackupException.class,
                    () -> client(target).restore(file, TENANT, Map.of(id(1), id(11)), Ceilings.getDefaultInstance()));
            assertTrue(String.valueOf(refused.getMessage()).contains(file.toString()), refused.toString());
            assertEquals(Map.of(), target.collections);
        }
    }
}
