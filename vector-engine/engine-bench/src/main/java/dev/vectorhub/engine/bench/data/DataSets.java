package dev.vectorhub.engine.bench.data;

import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Finds data sets, and keeps what was fetched or computed under {@code ~/.cache/vectorizer-hub/bench}. */
public final class DataSets {
    public static final List<String> NAMES = List.of("fashion", "minilm", "glove");

    private final Path cache;
    private final Progress progress;

    public DataSets(Path cache, Progress progress) {
        this.cache = cache;
        this.progress = progress;
    }

    public static Path defaultCache() {
        String given = System.getenv("XDG_CACHE_HOME");
        Path root =
                given == null || given.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(given);
        return root.resolve("vectorizer-hub").resolve("bench");
    }

    /**
     * Opens a data set with its exact answers; what is missing of it is made and kept.
     *
     * @param name one of {@link #NAMES}, or a folder of vectors
     * @param limit base rows wanted at most; the first ones
     */
    public DataSet open(String name, int limit) {
        try {
            Source source = source(name);
            int base = Math.min(limit, source.base());
            Path folder = Files.createDirectories(cache.resolve(source.name()));
            Path rows = folder.resolve("rows.f32");
            // Two runs at once would write the same file.
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = lock(channel, source.name());
                    RowFile file = RowFile.open(rows, source.dimensions())) {
                if (file.rows() < DataSet.QUERIES + base) {
                    source.fill(file, DataSet.QUERIES + base, progress);
                }
            }
            return new DataSet(source.name(), source.metric(), rows, source.dimensions(), base, source.recall());
        } catch (IOException e) {
            throw new Failure("data set " + name + ": " + e.getMessage(), e);
        }
    }

    private FileLock lock(FileChannel channel, String name) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock == null) {
            progress.say("data set %s is in another run's hands; waiting for it", name);
            return channel.lock();
        }
        return lock;
    }

    private Source source(String name) throws IOException {
        return switch (name) {
            case "fashion" -> new FashionSource();
            case "minilm" -> new MiniLmSource();
            case "glove" -> new GloveSource(Files.createDirectories(cache.resolve("glove")));
            default -> new FolderSource(name);
        };
    }
}
