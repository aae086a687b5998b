package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.segment.FieldsBlob;
import dev.vectorhub.engine.core.segment.GraphBlob;
import dev.vectorhub.engine.core.segment.Segment;
import dev.vectorhub.engine.core.storage.BlobRef;
import dev.vectorhub.engine.core.storage.CollectionRecord.GraphRecord;
import dev.vectorhub.engine.core.storage.CollectionRecord.PartRecord;
import dev.vectorhub.engine.core.storage.Damage;
import dev.vectorhub.engine.core.storage.Home;
import dev.vectorhub.engine.core.storage.MappedFiles;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Opens a collection's segments and graphs and numbers its files. */
final class CollectionFiles {
    private final Home home;
    private final IsolationMode isolation;
    private final MappedFiles mapped;
    private final AtomicLong next;
    /** Files of its own that are being written: not garbage yet. */
    private final Set<Long> filling = ConcurrentHashMap.newKeySet();

    CollectionFiles(Home home, IsolationMode isolation, MappedFiles mapped, long next) {
        this.home = home;
        this.isolation = isolation;
        this.mapped = mapped;
        this.next = new AtomicLong(next);
    }

    Home home() {
        return home;
    }

    /** Of which the home is. */
    IsolationMode isolation() {
        return isolation;
    }

    long nextFile() {
        return next.get();
    }

    /** A number for a file of its own, safe from {@link FileSweep} until {@link #settled}. */
    long begin() {
        long number = next.getAndIncrement();
        while (Files.exists(home.segment(number), LinkOption.NOFOLLOW_LINKS)
                || Files.exists(home.graph(number), LinkOption.NOFOLLOW_LINKS)
                || Files.exists(home.fields(number), LinkOption.NOFOLLOW_LINKS)) {
            // left by a crash and not swept yet
            number = next.getAndIncrement();
        }
        filling.add(number);
        return number;
    }

    void settled(long file) {
        filling.remove(file);
    }

    Set<Long> filling() {
        return Set.copyOf(filling);
    }

    /** @param vectors of when it was written, or later ones as long as none of its places was given to another vector */
    Segment segment(BlobRef ref, List<VectorConfig> vectors) {
        return Segment.open(mapped.acquire(home.segment(ref.file())), ref, vectors);
    }

    GraphBlob graph(BlobRef ref, int vector, int ordinals, int dimensions) {
        return GraphBlob.open(mapped.acquire(home.graph(ref.file())), ref, vector, ordinals, dimensions);
    }

    FieldsBlob fields(BlobRef ref, int points) {
        return FieldsBlob.open(mapped.acquire(home.fields(ref.file())), ref, points);
    }

    /**
     * A reference of the caller's.
     *
     * @param vectors as for {@link #segment}
     */
    LivePart open(PartRecord part, List<VectorConfig> vectors) {
        Segment segment = segment(part.segment(), vectors);
        List<GraphBlob> graphs = new ArrayList<>();
        try {
            if (segment.size() != part.size()) {
                throw Damage.in(
                        home.segment(part.segment().file()), "holds another number of points than its manifest says");
            }
            for (GraphRecord graph : part.graphs()) {
                VectorConfig vector = vectors.get(graph.vector());
                if (!vector.isRemoved()) {
                    graphs.add(graph(graph.blob(), graph.vector(), part.size(), vector.size()));
                }
            }
            BlobRef fields = part.fields();
            return LivePart.stored(
                    part.number(),
                    segment,
                    part.dead(),
                    part.segment(),
                    graphs,
                    fields == null ? null : fields(fields, part.size()));
        } catch (StoreException e) {
            segment.memory().release();
            graphs.forEach(graph -> graph.file().release());
            throw e;
        }
    }
}
