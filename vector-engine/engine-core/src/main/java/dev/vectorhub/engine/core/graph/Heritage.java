package dev.vectorhub.engine.core.graph;

/**
 * A graph that a new one goes on with, since most of its vectors are in the new segment too. Its links are taken over; of what
 * they lead to only the numbers change. The other vectors are inserted.
 *
 * @param graph any code in its rows; its memory is held until the new graph is built
 * @param ordinals for each ordinal of the new segment the one in the old; -1 if it is not from there
 */
@SuppressWarnings("ArrayRecordComponent") // millions of entries, never compared
public record Heritage(HnswGraph graph, int[] ordinals) {

    /** The old vertex of a new ordinal; -1 if it has none. */
    int vertex(int ordinal) {
        int old = ordinals[ordinal];
        return old < 0 ? -1 : graph.vertex(old);
    }
}
