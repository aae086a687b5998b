package dev.vectorhub.engine.bench.data;

import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Somebody's own vectors: a folder with {@code *base.fvecs} and {@code *query.fvecs} (as ANN_SIFT1M has them), or
 * {@code base.npy} and {@code queries.npy}.
 */
final class FolderSource implements Source {
    private final Metric metric;
    private final VectorFile base;
    private final VectorFile queries;
    private final String name;

    /** @param given a path, and after a colon {@code l2}, {@code cosine} or {@code dot}; {@code l2} if nothing is said */
    FolderSource(String given) throws IOException {
        int colon = given.lastIndexOf(':');
        String suffix = colon < 0 ? "" : given.substring(colon + 1).toUpperCase(Locale.ROOT);
        boolean named = Stream.of(Metric.values()).anyMatch(m -> m.name().equals(suffix));
        metric = named ? Metric.valueOf(suffix) : Metric.L2;
        Path folder = Path.of(named ? given.substring(0, colon) : given)
                .toAbsolutePath()
                .normalize();
        if (!Files.isDirectory(folder)) {
            throw new Failure("no data set '" + given + "': the names are " + DataSets.NAMES
                    + ", else it is a folder with *base.fvecs and *query.fvecs, or base.npy and queries.npy");
        }
        base = VectorFile.open(one(folder, List.of("base.fvecs", "base.npy")));
        queries = VectorFile.open(one(folder, List.of("query.fvecs", "queries.fvecs", "queries.npy", "query.npy")));
        if (base.dimensions() != queries.dimensions()) {
            throw new Failure(
                    folder + ": base rows have " + base.dimensions() + " components, queries " + queries.dimensions());
        }
        if (queries.rows() < DataSet.QUERIES || base.rows() < DataSet.BASE_MIN) {
            throw new Failure(folder + " has " + queries.rows() + " queries and " + base.rows() + " rows; "
                    + DataSet.QUERIES + " and " + DataSet.BASE_MIN + " are the least");
        }
        // Other files at the same path are other data.
        CRC32C identity = new CRC32C();
        identity.update((folder + " " + metric + " " + base.rows() + " " + Files.getLastModifiedTime(base.file())
                        + Files.getLastModifiedTime(queries.file()))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        name = folder.getFileName() + "-" + HexFormat.of().toHexDigits(identity.getValue(), 8);
    }

    private static Path one(Path folder, List<String> endings) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(file ->
                            endings.stream().anyMatch(ending -> file.toString().endsWith(ending)))
                    .toList();
            if (found.size() != 1) {
                throw new Failure(
                        folder + " must hold one file that ends in one of " + endings + ", not " + found.size());
            }
            return found.getFirst();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Metric metric() {
        return metric;
    }

    @Override
    public int dimensions() {
        return base.dimensions();
    }

    @Override
    public int base() {
        return base.rows();
    }

    @Override
    public double recall() {
        return 0.95;
    }

    @Override
    public void fill(RowFile file, int rows, Progress progress) throws IOException {
        if (file.rows() != 0) {
            throw new Failure("the cached rows of " + name + " are incomplete; remove them");
        }
        progress.say("copying %s", base.file());
        boolean unit = metric == Metric.COSINE;
        queries.read(DataSet.QUERIES, vector -> file.append(vector, unit));
        base.read(base.rows(), vector -> file.append(vector, unit));
        file.commit();
    }
}
