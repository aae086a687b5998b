package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.StoreSettings;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.segment.PointOrder;
import dev.vectorhub.engine.core.segment.SegmentWriter;
import dev.vectorhub.engine.core.storage.BlobRef;
import dev.vectorhub.engine.core.storage.BlobWriter;
import dev.vectorhub.engine.core.storage.CollectionRecord.PartRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Writes the living points of some parts, as a view saw them, as one segment, and puts it in their place. Storing what was in
 * memory, merging small parts, dropping the dead and emptying a slab are all this.
 *
 * <p>The collection changes meanwhile. A point of an input that died after the view was taken is alive in the segment; it is
 * marked dead there at the moment of {@link #install}. If another rewrite was faster with one of the inputs, the segment is not
 * installed. The caller keeps the view retained until it is done.
 *
 * <p>The segment has the vectors that the view had, whatever was added or removed since: a checkpoint's record names just those.
 */
final class Rewrite {
    private final LiveCollection collection;
    private final List<LivePart> inputs;
    private final List<VectorConfig> vectors;
    private final long number;
    private @Nullable PointOrder points;
    private int size;
    private @Nullable BlobRef ref;

    /** @param inputs parts of the view */
    Rewrite(LiveCollection collection, View view, List<LivePart> inputs) {
        this.collection = collection;
        this.vectors = view.config().vectors();
        this.inputs = List.copyOf(inputs);
        this.number = collection.takePartNumber();
    }

    LiveCollection collection() {
        return collection;
    }

    List<LivePart> inputs() {
        return inputs;
    }

    /** Writes the segment as the next blob of the file; nothing if no point is alive. */
    void write(BlobWriter out) throws IOException {
        List<RoaringBitmap> dead = new ArrayList<>();
        for (LivePart input : inputs) {
            dead.add(input.dead());
        }
        PointOrder order = PointOrder.of(inputs.stream().map(LivePart::part).toList(), dead);
        points = order;
        size = order.size();
        if (size > 0) {
            StoreSettings settings = collection.around().settings();
            ref = SegmentWriter.write(
                    out,
                    order,
                    GraphPolicy.columns(collection, vectors, size),
                    settings.compression(),
                    settings.compressionLevel());
        }
    }

    /** The written part as the view's moment saw it; null if nothing was alive. */
    @Nullable
    PartRecord record() {
        BlobRef written = ref;
        return written == null ? null : new PartRecord(number, written, size, new RoaringBitmap(), List.of(), null);
    }

    /** For each ordinal of the segment that of an input; -1 if the point is another's. */
    int[] ordinalsIn(int input) {
        PointOrder order = Objects.requireNonNull(points);
        int[] ordinals = new int[order.size()];
        for (int o = 0; o < ordinals.length; o++) {
            ordinals[o] = order.source()[o] == input ? order.ordinal()[o] : -1;
        }
        return ordinals;
    }

    /** The written part, with a reference of the caller's; null if nothing was alive. The file has been written out by now. */
    @Nullable
    LivePart open() {
        BlobRef written = ref;
        return written == null
                ? null
                : LivePart.stored(
                        number,
                        collection.files().segment(written, vectors),
                        new RoaringBitmap(),
                        written,
                        List.of(),
                        null);
    }

    /** Puts what a checkpoint has written, and recorded, in the inputs' place. */
    void install() {
        LivePart written = open();
        try {
            install(written, true);
        } finally {
            if (written != null) {
                written.release();
            }
        }
    }

    /**
     * Puts a part in the inputs' place.
     *
     * @param written what {@link #open} gave, with more beside its points; the caller releases it
     * @param recorded whether the durable record names it already
     */
    void install(@Nullable LivePart written, boolean recorded) {
        collection.lock().lock();
        try {
            View current = collection.peek();
            if (current != null && !collection.isDropped()) {
                replace(current.parts(), written, recorded);
            }
        } finally {
            collection.lock().unlock();
        }
    }

    private void replace(List<LivePart> current, @Nullable LivePart written, boolean recorded) {
        RoaringBitmap dead = new RoaringBitmap();
        List<LivePart> next = new ArrayList<>(current);
        int place = next.size();
        for (LivePart input : inputs) {
            int i = find(next, input.number());
            if (i < 0) {
                return;
            }
            if (written != null) {
                RoaringBitmap died = RoaringBitmap.andNot(next.get(i).dead(), input.dead());
                died.forEach((org.roaringbitmap.IntConsumer)
                        ordinal -> dead.add(written.part().find(input.part().id(ordinal))));
            }
            next.remove(i);
            place = Math.min(place, i);
        }
        if (written != null && dead.getCardinality() < size) {
            List<VectorConfig> now = collection.config().vectors();
            next.add(
                    Math.min(place, next.size()),
                    written.withDead(dead)
                            .withGraphs(graph -> !now.get(graph.vector()).isRemoved()));
        }
        collection.publish(next);
        if (!recorded) {
            collection.markChanged();
        }
    }

    private static int find(List<LivePart> parts, long number) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).number() == number) {
                return i;
            }
        }
        return -1;
    }
}
