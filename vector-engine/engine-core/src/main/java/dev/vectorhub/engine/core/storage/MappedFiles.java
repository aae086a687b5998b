package dev.vectorhub.engine.core.storage;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** The mappings in use, one for each file however many blobs of it are open. */
public final class MappedFiles {
    private final Map<Path, MappedFile> open = new HashMap<>();
    private final Executor closer;
    private volatile int count;

    public MappedFiles(Executor closer) {
        this.closer = closer;
    }

    /** A reference of the caller's; maps the file if no one else has. */
    public synchronized MappedFile acquire(Path path) {
        MappedFile file = open.get(path);
        if (file != null && file.tryRetain()) {
            return file;
        }
        MappedFile mapped = map(path);
        open.put(path, mapped);
        count = open.size();
        return mapped;
    }

    private MappedFile map(Path path) {
        MappedFile[] self = new MappedFile[1];
        MappedFile mapped = new MappedFile(path, () -> forget(path, self[0]), closer);
        self[0] = mapped;
        return mapped;
    }

    /** A newer mapping of the same path stays. */
    private synchronized void forget(Path path, MappedFile file) {
        open.remove(path, file);
        count = open.size();
    }

    /** Without a lock: about. */
    public int count() {
        return count;
    }
}
