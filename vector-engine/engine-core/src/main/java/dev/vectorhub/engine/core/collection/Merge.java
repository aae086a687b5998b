package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.graph.Heritage;
import dev.vectorhub.engine.core.segment.FieldsBlob;
import dev.vectorhub.engine.core.segment.GraphBlob;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Rewrite} into a file of its own, and whatever its inputs had beside their points: they serve until all of it is on
 * disk, so that no search scans what it walked through before. The graph is the largest input's with the others' points
 * inserted, unless too many of it are dead.
 */
final class Merge implements Closeable {
    private final LiveCollection collection;
    private final View view;
    private final List<LivePart> inputs;
    private final BooleanSupplier cancelled;
    private final List<OwnFile> files = new ArrayList<>();

    private Merge(LiveCollection collection, View view, List<LivePart> inputs, BooleanSupplier cancelled) {
        this.collection = collection;
        this.view = view;
        this.inputs = inputs;
        this.cancelled = cancelled;
    }

    /**
     * Puts one part in the inputs' place.
     *
     * @param view retained by the caller
     * @return false if it was cancelled
     */
    static boolean run(LiveCollection collection, View view, List<LivePart> inputs, BooleanSupplier cancelled)
            throws IOException {
        try (Merge merge = new Merge(collection, view, inputs, cancelled)) {
            return merge.run();
        }
    }

    private boolean run() throws IOException {
        Rewrite rewrite = new Rewrite(collection, view, inputs);
        OwnFile file = track(OwnFile.segment(collection));
        rewrite.write(file.out());
        file.out().force();
        LivePart written = rewrite.open();
        try {
            for (int v = 0; written != null && v < view.config().vectors().size(); v++) {
                if (hasGraph(v) && isWanted(written, v)) {
                    GraphBlob graph = graph(rewrite, written, v);
                    if (graph == null) {
                        return false;
                    }
                    written = written.withGraph(graph);
                }
            }
            if (written != null && inputs.stream().anyMatch(input -> input.fields() != null)) {
                FieldsBlob fields = fields(written);
                written = fields == null ? written : written.withFields(fields);
            }
            rewrite.install(written, false);
            return true;
        } finally {
            if (written != null) {
                written.release();
            }
        }
    }

    private boolean hasGraph(int vector) {
        return inputs.stream().anyMatch(input -> input.graph(vector) != null);
    }

    private boolean isWanted(LivePart written, int vector) {
        return written.part().count(vector) >= GraphPolicy.smallest(collection, vector, collection.points());
    }

    private @Nullable GraphBlob graph(Rewrite rewrite, LivePart written, int vector) throws IOException {
        VectorConfig config = view.config().vectors().get(vector);
        OwnFile file = track(OwnFile.graph(collection));
        return GraphBuilding.build(
                file, collection, written.part(), vector, config, heritage(rewrite, vector), cancelled);
    }

    private @Nullable Heritage heritage(Rewrite rewrite, int vector) {
        HnswConfig hnsw = collection.hnsw(vector);
        int best = -1;
        for (int i = 0; i < inputs.size(); i++) {
            LivePart input = inputs.get(i);
            GraphBlob blob = input.graph(vector);
            if (blob != null
                    && blob.graph().m() == hnsw.m()
                    && blob.graph().efConstruct() == hnsw.efConstruct()
                    && RewritePolicy.shape(view, input).keepsGraph()
                    && (best < 0 || input.alive() > inputs.get(best).alive())) {
                best = i;
            }
        }
        GraphBlob base = best < 0 ? null : inputs.get(best).graph(vector);
        return base == null ? null : new Heritage(base.graph(), rewrite.ordinalsIn(best));
    }

    /** Null if there is none to be had now: {@link FieldIndexing} makes up for it. */
    private @Nullable FieldsBlob fields(LivePart written) throws IOException {
        return FieldIndexing.isMissing(collection, written)
                ? FieldIndexing.write(track(OwnFile.fields(collection)), collection, written, cancelled)
                : null;
    }

    private OwnFile track(OwnFile file) {
        files.add(file);
        return file;
    }

    @Override
    public void close() throws IOException {
        for (OwnFile file : files) {
            file.close();
        }
    }
}
