package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.Modifier;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.vector.Postings;
import dev.vectorhub.engine.core.vector.SparseRows;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Weighs the values of a sparse query by how rare their indices are: {@code ln(1 + (n − k + 0.5) / (k + 0.5))} where {@code k} of
 * the {@code n} points that have the vector have the index, as in Qdrant. Only points that are alive count, so that the same
 * points give the same scores whatever became of others and however they are stored, hence on every replica.
 */
final class Rarity {
    /** Dead points that are looked for in a list one by one, of its length: more are met by going through it. */
    private static final int FEW_DEAD = 16;

    private final View view;
    private final int vector;
    private long points;

    private Rarity(View view, int vector) {
        this.view = view;
        this.vector = vector;
    }

    /** The query itself unless the collection wants it weighed. */
    static VectorValue weighed(View view, VectorConfig config, int vector, VectorValue query) {
        return config.modifier() == Modifier.IDF && query instanceof VectorValue.Sparse sparse
                ? new Rarity(view, vector).weighed(sparse)
                : query;
    }

    private VectorValue.Sparse weighed(VectorValue.Sparse query) {
        long[] having = new long[query.indices().length];
        for (LivePart part : view.parts()) {
            count(part, query.indices(), having);
        }
        float[] values = query.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) Math.log1p((points - having[i] + 0.5) / (having[i] + 0.5));
        }
        return new VectorValue.Sparse(query.indices(), values);
    }

    private void count(LivePart live, int[] indices, long[] having) {
        Part part = live.part();
        if (part.lacks(vector)) {
            return;
        }
        RoaringBitmap dead = live.dead();
        points += part.count(vector);
        if (part.hasAll(vector)) {
            points -= dead.getLongCardinality();
        } else {
            IntIterator ordinals = dead.getIntIterator();
            while (ordinals.hasNext()) {
                points -= part.has(vector, ordinals.next()) ? 1 : 0;
            }
        }
        Postings postings = part.postings(vector);
        for (int i = 0; i < indices.length; i++) {
            having[i] += postings == null ? scanned(live, indices[i]) : listed(postings, indices[i], part, dead);
        }
    }

    private long scanned(LivePart live, int index) {
        SparseRows rows = live.part().sparse(vector);
        RoaringBitmap dead = live.dead();
        long count = 0;
        for (int ordinal = 0; ordinal < live.part().size(); ordinal++) {
            count += rows.has(ordinal, index) && !dead.contains(ordinal) ? 1 : 0;
        }
        return count;
    }

    private long listed(Postings postings, int index, Part part, RoaringBitmap dead) {
        int list = postings.list(index);
        if (list < 0) {
            return 0;
        }
        long count = postings.length(list);
        if (dead.isEmpty()) {
            return count;
        }
        if (dead.getLongCardinality() * FEW_DEAD < count) {
            IntIterator ordinals = dead.getIntIterator();
            while (ordinals.hasNext()) {
                count -= part.sparse(vector).has(ordinals.next(), index) ? 1 : 0;
            }
            return count;
        }
        for (long at = postings.start(list); at < postings.start(list + 1); at++) {
            count -= dead.contains(Postings.ordinal(postings.entry(at))) ? 1 : 0;
        }
        return count;
    }
}
