package dev.vectorhub.engine.core.graph;

import java.util.Arrays;

/**
 * A binary heap of (distance, ordinal) pairs packed in longs, nearest first or farthest first. Equal distances order by
 * ordinal. Grows, never shrinks, allocates nothing otherwise.
 */
public final class LongHeap {
    private final long flip;
    private long[] heap = new long[129];
    private int size;

    private LongHeap(long flip) {
        this.flip = flip;
    }

    public static LongHeap nearestFirst() {
        return new LongHeap(0);
    }

    public static LongHeap farthestFirst() {
        return new LongHeap(-1);
    }

    /** Orders as the distance does, then by ordinal. */
    public static long pack(float distance, int ordinal) {
        int bits = Float.floatToRawIntBits(distance);
        return ((long) (bits ^ ((bits >> 31) & Integer.MAX_VALUE)) << 32) | ordinal;
    }

    public static float distance(long packed) {
        int sortable = (int) (packed >> 32);
        return Float.intBitsToFloat(sortable ^ ((sortable >> 31) & Integer.MAX_VALUE));
    }

    public static int ordinal(long packed) {
        return (int) packed;
    }

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    public long top() {
        return heap[1] ^ flip;
    }

    public void push(long packed) {
        if (++size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * heap.length);
        }
        siftUp(packed ^ flip);
    }

    private void siftUp(long key) {
        int i = size;
        while (i > 1 && heap[i >>> 1] > key) {
            heap[i] = heap[i >>> 1];
            i >>>= 1;
        }
        heap[i] = key;
    }

    public long pop() {
        long top = heap[1];
        long key = heap[size--];
        if (size > 0) {
            siftDown(key);
        }
        return top ^ flip;
    }

    /** Pops and pushes at once. */
    public void replaceTop(long packed) {
        siftDown(packed ^ flip);
    }

    private void siftDown(long key) {
        int i = 1;
        for (int child = 2; child <= size; child = i << 1) {
            if (child < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= key) {
                break;
            }
            heap[i] = heap[child];
            i = child;
        }
        heap[i] = key;
    }

    /** In no order. */
    public long get(int i) {
        return heap[i + 1] ^ flip;
    }
}
