package dev.vectorhub.engine.core.index;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.store.BaseDirectory;
import org.apache.lucene.store.ByteBuffersDataInput;
import org.apache.lucene.store.ByteBuffersIndexInput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.NoLockFactory;

/**
 * Files of a Lucene index that lie in mapped memory, read in place: nothing is copied, and no descriptor is held. Whoever reads
 * keeps the memory mapped.
 */
final class BlobDirectory extends BaseDirectory {
    /** What one buffer can hold, being a power of two as the input wants it. */
    private static final long BLOCK_BYTES = 1L << 30;

    private final Map<String, MemorySegment> files;

    BlobDirectory(Map<String, MemorySegment> files) {
        super(NoLockFactory.INSTANCE);
        this.files = Map.copyOf(files);
    }

    @Override
    public String[] listAll() {
        return files.keySet().stream().sorted().toArray(String[]::new);
    }

    private MemorySegment file(String name) throws FileNotFoundException {
        MemorySegment file = files.get(name);
        if (file == null) {
            throw new FileNotFoundException(name);
        }
        return file;
    }

    @Override
    public long fileLength(String name) throws IOException {
        return file(name).byteSize();
    }

    @Override
    public IndexInput openInput(String name, IOContext context) throws IOException {
        MemorySegment file = file(name);
        List<ByteBuffer> blocks = new ArrayList<>();
        for (long at = 0; at == 0 || at < file.byteSize(); at += BLOCK_BYTES) {
            blocks.add(file.asSlice(at, Math.min(BLOCK_BYTES, file.byteSize() - at))
                    .asByteBuffer());
        }
        return new ByteBuffersIndexInput(new ByteBuffersDataInput(blocks), name);
    }

    @Override
    public void deleteFile(String name) {
        throw readOnly();
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) {
        throw readOnly();
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) {
        throw readOnly();
    }

    @Override
    public void sync(Collection<String> names) {
        throw readOnly();
    }

    @Override
    public void syncMetaData() {
        throw readOnly();
    }

    @Override
    public void rename(String source, String dest) {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("the index does not change");
    }

    @Override
    public void close() {}

    @Override
    public Set<String> getPendingDeletions() {
        return Set.of();
    }
}
