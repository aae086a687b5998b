package dev.vectorhub.engine.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class LongHeapPropertyTest {
    @Property(tries = 200)
    void popsLikeAPriorityQueue(@ForAll @Size(max = 300) List<Float> distances) {
        LongHeap nearest = LongHeap.nearestFirst();
        LongHeap farthest = LongHeap.farthestFirst();
        PriorityQueue<Long> oracle = new PriorityQueue<>();
        PriorityQueue<Long> reverse = new PriorityQueue<>(Collections.reverseOrder());
        for (int i = 0; i < distances.size(); i++) {
            long packed = LongHeap.pack(distances.get(i), i);
            assertEquals(distances.get(i), LongHeap.distance(packed));
            assertEquals(i, LongHeap.ordinal(packed));
            nearest.push(packed);
            farthest.push(packed);
            oracle.add(packed);
            reverse.add(packed);
            if (i % 5 == 4) {
                assertEquals(oracle.poll(), nearest.pop());
                farthest.replaceTop(packed);
                reverse.poll();
                reverse.add(packed);
            }
        }
        while (!oracle.isEmpty()) {
            assertEquals(oracle.poll(), nearest.pop());
        }
        while (!reverse.isEmpty()) {
            assertEquals(reverse.poll(), farthest.pop());
        }
        assertEquals(0, nearest.size() + farthest.size());
    }

    @Property
    void packedPairsOrderAsDistancesThenOrdinals(@ForAll float a, @ForAll float b) {
        int byDistance = Float.compare(a, b);
        int packed = Long.compare(LongHeap.pack(a, 7), LongHeap.pack(b, 7));
        assertEquals(Integer.signum(byDistance), packed);
        assertEquals(-1, Long.compare(LongHeap.pack(a, 7), LongHeap.pack(a, 8)));
    }
}
