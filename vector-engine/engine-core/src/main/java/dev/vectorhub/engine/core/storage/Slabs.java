package dev.vectorhub.engine.core.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The slab files: which exist, which are being filled, which are garbage. A slab is written once; its bytes live on while some
 * collection refers to them.
 */
public final class Slabs {
    /** What a checkpoint of little traffic leaves. */
    private static final long SMALL_BYTES = 4L << 20;

    private static final int SMALL_MAX = 16;

    private final Layout layout;
    private final AtomicLong next;
    /** Bytes of each slab. */
    private final Map<Long, Long> sizes = new ConcurrentHashMap<>();

    private final Set<Long> filling = ConcurrentHashMap.newKeySet();

    public Slabs(Layout layout, long next) {
        this.layout = layout;
        this.next = new AtomicLong(next);
    }

    public long next() {
        return next.get();
    }

    /** A new slab, safe from {@link #sweep} until {@link #settled}. */
    public BlobWriter begin() throws IOException {
        long number = next.getAndIncrement();
        while (Files.exists(layout.slab(number), LinkOption.NOFOLLOW_LINKS)) {
            // left by a crash, and kept because not all references are known
            number = next.getAndIncrement();
        }
        filling.add(number);
        return new BlobWriter(layout.slab(number), number);
    }

    /** To be called when the slab is on disk and referred to, or given up. */
    public void settled(long number) throws IOException {
        if (Files.exists(layout.slab(number))) {
            sizes.put(number, Files.size(layout.slab(number)));
        }
        filling.remove(number);
    }

    /** Slabs that exist and are not being filled. Ask before collecting the references. */
    public Set<Long> settledSlabs() {
        Set<Long> numbers = new TreeSet<>(sizes.keySet());
        numbers.removeAll(filling);
        return numbers;
    }

    /**
     * At open: takes note of slabs.
     *
     * @param whole whether all references are known: then what nothing refers to is removed
     */
    public void recover(Set<Long> referred, boolean whole) throws IOException {
        for (var path : Layout.list(layout.slabs())) {
            Long number = ManifestFile.number(path, Home.SLAB);
            if (number != null && referred.contains(number)) {
                sizes.put(number, Files.size(path));
            } else if (whole) {
                Files.delete(path);
            }
        }
    }

    /** Of these slabs, those worth emptying: more garbage than live bytes, or small while there are many small ones. */
    public Set<Long> leaving(Set<Long> candidates, Map<Long, Long> liveBytes) {
        Set<Long> leaving = new TreeSet<>();
        Set<Long> small = new TreeSet<>();
        for (long number : candidates) {
            long live = liveBytes.getOrDefault(number, 0L);
            long size = sizes.getOrDefault(number, 0L);
            if (live > 0 && size > 2 * live) {
                leaving.add(number);
            } else if (live > 0 && size < SMALL_BYTES) {
                small.add(number);
            }
        }
        if (small.size() >= SMALL_MAX) {
            leaving.addAll(small);
        }
        return leaving;
    }

    /** Removes those of the candidates that nothing refers to; readers of their mappings are not disturbed. */
    public void sweep(Set<Long> candidates, Set<Long> referred) throws IOException {
        for (long number : candidates) {
            if (!referred.contains(number)) {
                Files.deleteIfExists(layout.slab(number));
                sizes.remove(number);
            }
        }
    }

    /** Adds a collection's bytes to the sums by slab. */
    public static void count(CollectionRecord record, Map<Long, Long> liveBytes) {
        for (CollectionRecord.PartRecord part : record.parts()) {
            liveBytes.merge(part.segment().file(), part.segment().length(), Long::sum);
            for (CollectionRecord.GraphRecord graph : part.graphs()) {
                liveBytes.merge(graph.blob().file(), graph.blob().length(), Long::sum);
            }
            BlobRef fields = part.fields();
            if (fields != null) {
                liveBytes.merge(fields.file(), fields.length(), Long::sum);
            }
        }
    }
}
