package dev.vectorhub.engine.core;

import dev.vectorhub.engine.core.storage.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** The store against a plain in-memory oracle, in all isolation modes, over checkpoints and reopenings. */
class EngineStorePropertyTest {
    /** Small bounds, so that a short script sees sealing, merging, graphs and their recovery. */
    static StoreSettings small() {
        return new StoreSettings(1, Compression.LZ4, 3, new HnswConfig(4, 20, 25), 50, 4096, 100, 16_384, 1 << 30);
    }

    @Provide
    Arbitrary<List<Op>> scripts() {
        return Arbitraries.randomValue(RandomOps::op).list().ofMaxSize(120);
    }

    @Property(tries = 60, afterFailure = AfterFailureMode.RANDOM_SEED)
    void storeAgreesWithTheOracle(@ForAll("scripts") List<Op> script, @ForAll long seed) throws IOException {
        Path directory = Files.createTempDirectory("store");
        try (StoreScript run = new StoreScript(directory, small(), seed)) {
            for (int t = 0; t < 3; t++) {
                run.run(new Op.Place(RandomOps.tenant(t), 1, new UUID(3, t), RandomOps.mode(t)));
                run.run(new Op.Create(RandomOps.tenant(t), RandomOps.collection(t, 0), RandomOps.config(t, 0)));
                run.run(new Op.Create(RandomOps.tenant(t), RandomOps.collection(t, 1), RandomOps.config(t, 1)));
            }
            for (Op op : script) {
                run.run(op);
            }
            run.run(new Op.Reopen());
            run.run(new Op.Checkpoint());
            run.run(new Op.Reopen());
        } finally {
            Layout.erase(directory);
        }
    }

    @Property(tries = 1, seed = "7", edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void longScriptAgreesWithTheOracle(@ForAll long seed) throws IOException {
        Path directory = Files.createTempDirectory("store");
        Random random = new Random(seed);
        try (StoreScript run = new StoreScript(directory, small(), seed)) {
            for (int i = 0; i < 700; i++) {
                run.run(RandomOps.op(random));
            }
            run.run(new Op.Reopen());
        } finally {
            Layout.erase(directory);
        }
    }
}
