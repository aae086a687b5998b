package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.segment.FieldsBlob;
import dev.vectorhub.engine.core.segment.GraphBlob;
import dev.vectorhub.engine.core.storage.BlobRef;
import dev.vectorhub.engine.core.storage.BlobWriter;
import dev.vectorhub.engine.core.storage.CollectionRecord;
import dev.vectorhub.engine.core.storage.CollectionRecord.GraphRecord;
import dev.vectorhub.engine.core.storage.CollectionRecord.PartRecord;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
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
    private @Nullable BlobWriter slab;

    /** @param leaving slabs that are to be emptied */
    public CheckpointParts(Surroundings around, Set<Long> leaving) {
        this.around = around;
        this.leaving = leaving;
    }

    /** Writes what the capture needs; call {@link #force} before the record counts. */
    public CollectionRecord write(Capture capture) throws IOException {
        View view = capture.view();
        LiveCollection collection = capture.collection();
        if (view == null) {
            return capture.record(collection.durableRecord().parts());
        }
        Map<Long, PartRecord> records = new TreeMap<>();
        for (LivePart part : view.parts()) {
            BlobRef blob = part.blob();
            if (blob != null && part.alive() > 0) {
                records.put(part.number(), record(part, blob));
            }
        }
        for (List<LivePart> inputs : RewritePolicy.checkpoint(collection, view, leaving(collection, view))) {
            Rewrite rewrite = new Rewrite(collection, inputs);
            rewrite.write(target(collection, inputs));
            rewrites.add(rewrite);
            inputs.forEach(input -> records.remove(input.number()));
            PartRecord written = rewrite.record();
            if (written != null) {
                records.put(written.number(), written);
            }
        }
        return capture.record(List.copyOf(records.values()));
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
            if (collection.home().packed() && blob != null && leaving.contains(blob.file())) {
                parts.add(part);
            }
        }
        return parts;
    }

    private BlobWriter target(LiveCollection collection, List<LivePart> inputs) throws IOException {
        long points = 0;
        for (LivePart input : inputs) {
            points += input.alive();
        }
        if (collection.home().packed() && points < RewritePolicy.smallBelow(collection)) {
            BlobWriter shared = slab;
            if (shared == null) {
                shared = around.slabs().begin();
                slab = shared;
            }
            return shared;
        }
        OwnFile file = OwnFile.segment(collection);
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
    }

    /** Whether the slab directory has a new entry. */
    public boolean wroteSlabs() {
        return slab != null
                || rewrites.stream()
                        .anyMatch(rewrite -> rewrite.collection().home().packed());
    }

    /** Puts the written parts in the place of those in memory. */
    public void install() {
        for (Rewrite rewrite : rewrites) {
            rewrite.install(true);
        }
    }

    /** Collections that got new parts. */
    public Set<LiveCollection> written() {
        Set<LiveCollection> collections = new HashSet<>();
        rewrites.forEach(rewrite -> collections.add(rewrite.collection()));
        return collections;
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
