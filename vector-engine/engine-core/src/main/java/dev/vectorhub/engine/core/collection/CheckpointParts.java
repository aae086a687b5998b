package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.segment.FieldsBlob;
import dev.vectorhub.engine.core.segment.GraphBlob;
import dev.vectorhub.engine.core.storage.BlobKind;
import dev.vectorhub.engine.core.storage.BlobRef;
import dev.vectorhub.engine.core.storage.BlobWriter;
import dev.vectorhub.engine.core.storage.CollectionEntry;
import dev.vectorhub.engine.core.storage.CollectionRecord;
import dev.vectorhub.engine.core.storage.CollectionRecord.GraphRecord;
import dev.vectorhub.engine.core.storage.CollectionRecord.PartRecord;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the parts of captured collections that are not on disk yet. Small parts of packed collections, whosever they are, go
 * into one new slab; each other part gets a file of its own.
 */
public final class CheckpointParts implements Closeable {
    private final Surroundings around;
    private final Set<Long> leaving;
    private final List<Rewrite> rewrites = new ArrayList<>();
    private final List<OwnFile> files = new ArrayList<>();
    private final List<Move> moves = new ArrayList<>();
    private @Nullable BlobWriter slab;
    private boolean packed;

    /** @param leaving slabs that are to be emptied */
    public CheckpointParts(Surroundings around, Set<Long> leaving) {
        this.around = around;
        this.leaving = leaving;
    }

    /**
     * Writes what the capture needs; call {@link #force} before the entry counts.
     *
     * @param checkpoint its number
     */
    public CollectionEntry write(Capture capture, long checkpoint) throws IOException {
        LiveCollection collection = capture.collection();
        CollectionRecord record = record(capture);
        return CollectionEntry.of(
                record,
                capture.files().isolation(),
                capture.files().home().packed() ? CollectionEntry.PACKED : checkpoint,
                Upkeep.lacksIndexes(collection, record)
                        || !record.fields().equals(collection.durable().record().fields()));
    }

    private CollectionRecord record(Capture capture) throws IOException {
        View view = capture.view();
        LiveCollection collection = capture.collection();
        if (view == null) {
            return capture.record(collection.durableRecord().parts());
        }
        Move move = capture.move();
        if (move != null) {
            moves.add(move);
        }
        Map<Long, PartRecord> records = new TreeMap<>();
        for (LivePart part : view.parts()) {
            BlobRef blob = part.blob();
            if (blob != null && part.alive() > 0) {
                records.put(part.number(), record(part, blob));
            }
        }
        List<LivePart> leaving = move == null ? leaving(collection, view) : List.of();
        for (List<LivePart> inputs : RewritePolicy.checkpoint(collection, view, leaving)) {
            Rewrite rewrite = new Rewrite(collection, view, inputs);
            rewrite.write(target(collection, capture.files(), points(inputs), BlobKind.SEGMENT));
            rewrites.add(rewrite);
            inputs.forEach(input -> records.remove(input.number()));
            PartRecord written = rewrite.record();
            if (written != null) {
                records.put(written.number(), written);
            }
        }
        if (move != null) {
            for (PartRecord part : List.copyOf(records.values())) {
                if (view.parts().stream().anyMatch(stored -> stored.number() == part.number())) {
                    records.put(part.number(), move.copy(part, this));
                }
            }
        }
        return capture.record(List.copyOf(records.values()));
    }

    private static long points(List<LivePart> inputs) {
        long points = 0;
        for (LivePart input : inputs) {
            points += input.alive();
        }
        return points;
    }

    private static PartRecord record(LivePart part, BlobRef blob) {
        List<GraphRecord> graphs = new ArrayList<>();
        for (GraphBlob graph : part.graphs()) {
            graphs.add(new GraphRecord(graph.vector(), graph.ref()));
        }
        FieldsBlob fields = part.fields();
        return new PartRecord(
                part.number(), blob, part.part().size(), part.dead(), graphs, fields == null ? null : fields.ref());
    }

    private List<LivePart> leaving(LiveCollection collection, View view) {
        List<LivePart> parts = new ArrayList<>();
        for (LivePart part : view.parts()) {
            BlobRef blob = part.blob();
            boolean small = part.part().size() < RewritePolicy.smallBelow(collection);
            if (collection.home().packed()
                    && blob != null
                    && (leaving.contains(blob.file()) || (small && RewritePolicy.holdsRemoved(view, part)))) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** Where the next blob of a part of so many points goes. */
    BlobWriter target(LiveCollection collection, CollectionFiles home, long points, BlobKind kind) throws IOException {
        if (home.home().packed()) {
            packed = true;
        }
        if (home.home().packed() && points < RewritePolicy.smallBelow(collection)) {
            BlobWriter shared = slab;
            if (shared == null) {
                shared = around.slabs().begin();
                slab = shared;
            }
            return shared;
        }
        OwnFile file = OwnFile.begin(collection, home, kind);
        files.add(file);
        return file.out();
    }

    /** Makes what was written durable, the directories' entries aside. */
    public void force() throws IOException {
        if (slab != null) {
            slab.force();
        }
        for (OwnFile file : files) {
            file.out().force();
        }
        moves.forEach(Move::open);
    }

    /** Whether the slab directory has a new entry. */
    public boolean wroteSlabs() {
        return packed;
    }

    /** Puts the written parts in the place of those in memory, and those in a new home in the place of the old. */
    public void install() {
        for (Move move : moves) {
            move.install();
        }
        for (Rewrite rewrite : rewrites) {
            rewrite.install();
        }
    }

    @Override
    public void close() throws IOException {
        for (OwnFile file : files) {
            file.close();
        }
        if (slab != null) {
            slab.close();
            around.slabs().settled(slab.number());
        }
    }
}
