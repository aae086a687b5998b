package dev.vectorhub.engine.core.collection;

import java.util.List;

/** The best hits so far, over all parts: nearest, equal distances by id. A heap with the worst on top. */
final class HitQueue {
    private final List<LivePart> parts;
    private final int limit;
    private float[] distances;
    private int[] partOf;
    private int[] ordinals;
    private int size;

    HitQueue(List<LivePart> parts, int limit) {
        this.parts = parts;
        this.limit = limit;
        int capacity = Math.min(limit, 128);
        distances = new float[capacity];
        partOf = new int[capacity];
        ordinals = new int[capacity];
    }

    int size() {
        return size;
    }

    /** No point farther than this is kept; infinite until there are enough. */
    float worst() {
        return size < limit ? Float.POSITIVE_INFINITY : distances[0];
    }

    void offer(float distance, int part, int ordinal) {
        // overflow of extreme components: neither near nor comparable
        float d = Float.isNaN(distance) ? Float.POSITIVE_INFINITY : distance;
        if (size < limit) {
            if (size == distances.length) {
                grow();
            }
            set(size, d, part, ordinal);
            siftUp(size++);
        } else if (d <= distances[0] && isWorse(0, d, part, ordinal)) {
            set(0, d, part, ordinal);
            siftDown(0);
        }
    }

    private void grow() {
        int capacity = Math.min(limit, 2 * size);
        distances = java.util.Arrays.copyOf(distances, capacity);
        partOf = java.util.Arrays.copyOf(partOf, capacity);
        ordinals = java.util.Arrays.copyOf(ordinals, capacity);
    }

    private void set(int i, float distance, int part, int ordinal) {
        distances[i] = distance;
        partOf[i] = part;
        ordinals[i] = ordinal;
    }

    private boolean isWorse(int i, float distance, int part, int ordinal) {
        if (distances[i] != distance) {
            return distances[i] > distance;
        }
        return parts.get(partOf[i])
                        .part()
                        .id(ordinals[i])
                        .compareTo(parts.get(part).part().id(ordinal))
                > 0;
    }

    private boolean isWorse(int a, int b) {
        return isWorse(a, distances[b], partOf[b], ordinals[b]);
    }

    private void siftUp(int start) {
        int i = start;
        while (i > 0 && isWorse(i, (i - 1) / 2)) {
            swap(i, (i - 1) / 2);
            i = (i - 1) / 2;
        }
    }

    private void siftDown(int start) {
        int i = start;
        while (true) {
            int worst = i;
            for (int child = 2 * i + 1; child <= 2 * i + 2 && child < size; child++) {
                if (isWorse(child, worst)) {
                    worst = child;
                }
            }
            if (worst == i) {
                return;
            }
            swap(i, worst);
            i = worst;
        }
    }

    private void swap(int a, int b) {
        float distance = distances[a];
        int part = partOf[a];
        int ordinal = ordinals[a];
        set(a, distances[b], partOf[b], ordinals[b]);
        set(b, distance, part, ordinal);
    }

    /** Puts the hits in order, best first; ends the offering. */
    void sort() {
        int count = size;
        while (size > 1) {
            swap(0, --size);
            siftDown(0);
        }
        size = count;
    }

    float distance(int i) {
        return distances[i];
    }

    int part(int i) {
        return partOf[i];
    }

    int ordinal(int i) {
        return ordinals[i];
    }
}
