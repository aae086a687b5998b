package dev.vectorhub.engine.bench.contest;

import dev.vectorhub.engine.bench.Commands;
import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;

/** Builds the hnswlib peer with this machine's compiler, for this machine's processor. */
final class Hnswlib {
    static final String INSTALL = "apt-get install g++ libhnswlib-dev";
    private static final Path HEADER = Path.of("/usr/include/hnswlib/hnswlib.h");

    private Hnswlib() {}

    static List<String> command(Path program, DataSet set) {
        return List.of(
                program.toString(),
                set.rows().toString(),
                "" + set.dimensions(),
                "" + DataSet.QUERIES,
                "" + set.base(),
                set.metric() == Metric.L2 ? "l2" : "ip");
    }

    /**
     * Compiles it unless the cache has it.
     *
     * @throws Failure with the command that installs what is missing
     */
    static Path program(Path cache) {
        if (!Files.exists(HEADER)) {
            throw new Failure("hnswlib's headers are missing: " + INSTALL);
        }
        try (InputStream in = Hnswlib.class.getResourceAsStream("/hnswlib/peer.cpp")) {
            byte[] source = Objects.requireNonNull(in, "peer.cpp").readAllBytes();
            CRC32C sum = new CRC32C();
            sum.update(source);
            Path folder = Files.createDirectories(cache.resolve("hnswlib"));
            Path program = folder.resolve("peer-" + HexFormat.of().toHexDigits(sum.getValue(), 8));
            if (Files.notExists(program)) {
                Path code = program.resolveSibling(program.getFileName() + ".cpp");
                Path compiled = program.resolveSibling(program.getFileName() + ".new");
                Files.write(code, source);
                Commands.run(
                        folder,
                        "g++ is missing: " + INSTALL,
                        List.of(
                                "g++",
                                "-O3",
                                "-march=native",
                                "-std=c++17",
                                "-o",
                                compiled.toString(),
                                code.toString()));
                Files.move(compiled, program, StandardCopyOption.ATOMIC_MOVE);
            }
            return program;
        } catch (IOException e) {
            throw new Failure("the hnswlib peer cannot be compiled: " + e.getMessage(), e);
        }
    }
}
