package dev.vectorhub.engine.core.index;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.util.ArrayUtil;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;

/**
 * Documents that have a point between two corners, both included. Lucene's own query makes a sorted iterator of them first; here
 * they go straight into a bitmap: few as they come, many as bits.
 */
final class PointRange implements PointValues.IntersectVisitor {
    /** Documents that are kept as they come, at most this share of all. */
    private static final int FEW_SHARE = 128;

    private final byte[] lower;
    private final byte[] upper;
    private final int dimensionBytes;
    private final ArrayUtil.ByteArrayComparator order;
    private final int documents;
    private int[] few = new int[64];
    private int count;
    private long[] bits = {};

    private PointRange(byte[] lower, byte[] upper, PointValues values, int documents) throws IOException {
        this.lower = lower;
        this.upper = upper;
        this.documents = documents;
        this.dimensionBytes = values.getBytesPerDimension();
        this.order = ArrayUtil.getUnsignedComparator(dimensionBytes);
    }

    /** @param lower each dimension in Lucene's sortable bytes */
    static RoaringBitmap find(LeafReader reader, String field, byte[] lower, byte[] upper) throws IOException {
        PointValues values = reader.getPointValues(field);
        if (values == null) {
            return new RoaringBitmap();
        }
        PointRange range = new PointRange(lower, upper, values, reader.maxDoc());
        values.intersect(range);
        return range.found();
    }

    private RoaringBitmap found() {
        return bits.length > 0 ? BitSetUtil.bitmapOf(bits) : RoaringBitmap.bitmapOfUnordered(Arrays.copyOf(few, count));
    }

    @Override
    public void visit(int document) {
        if (bits.length > 0) {
            bits[document >>> 6] |= 1L << document;
            return;
        }
        if (count == few.length) {
            if (count >= documents / FEW_SHARE) {
                bits = new long[(documents + 63) / 64];
                for (int other : few) {
                    bits[other >>> 6] |= 1L << other;
                }
                visit(document);
                return;
            }
            few = Arrays.copyOf(few, 2 * count);
        }
        few[count++] = document;
    }

    @Override
    public void visit(int document, byte[] point) {
        for (int at = 0; at < lower.length; at += dimensionBytes) {
            if (order.compare(point, at, lower, at) < 0 || order.compare(point, at, upper, at) > 0) {
                return;
            }
        }
        visit(document);
    }

    @Override
    public PointValues.Relation compare(byte[] least, byte[] most) {
        boolean crosses = false;
        for (int at = 0; at < lower.length; at += dimensionBytes) {
            if (order.compare(least, at, upper, at) > 0 || order.compare(most, at, lower, at) < 0) {
                return PointValues.Relation.CELL_OUTSIDE_QUERY;
            }
            crosses |= order.compare(least, at, lower, at) < 0 || order.compare(most, at, upper, at) > 0;
        }
        return crosses ? PointValues.Relation.CELL_CROSSES_QUERY : PointValues.Relation.CELL_INSIDE_QUERY;
    }
}
