package dev.vectorhub.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.CreateCollection;
import dev.vectorhub.engine.wire.v1.CreateFieldIndex;
import dev.vectorhub.engine.wire.v1.FieldType;
import dev.vectorhub.engine.wire.v1.IsolationMode;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whichever file of a tenant is damaged, a client is told its name and what is wrong with it; its neighbour is served. */
class QuarantineIT {
    private static final int POINTS = 60;
    private static final int FLIPPED = 0;
    private static final int CUT = 1;
    private static final int GONE = 2;

    private final Wire damaged = Wire.of(1, 8);
    private final Wire sound = Wire.of(2, 8);

    @TempDir
    Path dir;

    private EmbeddedEngine open() {
        return EmbeddedEngine.open(EngineSettings.defaults("n1", dir), NodeTuning.defaults());
    }

    private static void run(EmbeddedEngine engine, Command command) throws Exception {
        CommandResult result = engine.submit(command).get();
        assertFalse(result.hasRejection(), result.toString());
    }

    private static void fill(EmbeddedEngine engine, Wire wire) throws Exception {
        run(engine, wire.place(1, IsolationMode.STORAGE));
        run(
                engine,
                wire.command()
                        .setCreateCollection(CreateCollection.newBuilder().setSpec(CrashLoad.spec(wire.size())))
                        .build());
        run(
                engine,
                wire.command()
                        .setCreateFieldIndex(
                                CreateFieldIndex.newBuilder().setKey("version").setType(FieldType.INTEGER))
                        .build());
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            points.add(wire.point(i, 1));
        }
        run(engine, wire.upsert(points, 0, 0));
    }

    private static int found(EmbeddedEngine engine, Wire wire) {
        return engine.retrieve(wire.retrieve(1, POINTS - 1)).getPointsCount();
    }

    /** A file of each kind, by its kind. */
    private Map<String, Path> files() throws IOException {
        Map<String, Path> files = new TreeMap<>();
        Path tenants = dir.resolve("tenants");
        try (Stream<Path> folders = Files.list(tenants)) {
            Path own = folders.filter(folder -> folder.toString().endsWith("1"))
                    .findFirst()
                    .orElseThrow();
            try (Stream<Path> all = Files.walk(own)) {
                all.filter(Files::isRegularFile)
                        .forEach(file -> files.put(file.getFileName().toString().replaceAll("-[0-9]+$", ""), file));
            }
        }
        return files;
    }

    @Test
    void theFileIsNamedAndTheRestServed() throws Exception {
        try (EmbeddedEngine engine = open()) {
            fill(engine, damaged);
            fill(engine, sound);
            engine.checkpoint();
            // and once more by itself, when the background is done
            for (int i = 0; i < 400 && !String.valueOf(files().get("manifest")).endsWith("-2"); i++) {
                Thread.sleep(50);
            }
        }
        Map<String, Path> files = files();
        assertEquals(List.of("fields", "graph", "manifest", "segment", "tenant.json"), List.copyOf(files.keySet()));
        int how = FLIPPED;
        for (Path file : files.values()) {
            damage(file, how++ % (GONE + 1));
        }
    }

    private void damage(Path file, int how) throws Exception {
        Path kept = dir.resolve("kept");
        Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
        byte[] bytes = Files.readAllBytes(file);
        switch (how) {
            case FLIPPED -> {
                bytes[bytes.length / 2] ^= 0x10;
                Files.write(file, bytes);
            }
            case CUT -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            default -> Files.delete(file);
        }
        try (EmbeddedEngine engine = open()) {
            assertEquals(2, found(engine, sound));
            EngineException told = assertThrows(EngineException.class, () -> found(engine, damaged), file::toString);
            assertEquals(RejectionCode.UNAVAILABLE, told.code());
            String message = told.rejection().getMessage();
            // a missing directory entry may be told by its folder
            assertTrue(
                    message.contains(file.toString()) || message.contains(String.valueOf(file.getParent())), message);
            run(engine, sound.upsert(sound.point(0, 2)));
        }
        Files.move(kept, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
