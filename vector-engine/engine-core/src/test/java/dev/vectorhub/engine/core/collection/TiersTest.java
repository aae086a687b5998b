package dev.vectorhub.engine.core.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.collection.Tiers.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A collection that grows on paper: what its points cost until they lie where they stay. {@code -Dhub.test.shown=true} prints
 * the figures of DD044.
 */
class TiersTest {
    private static final int THRESHOLD = 10_000;
    private static final boolean SHOWN = Boolean.getBoolean("hub.test.shown");
    private static final int SMALLEST_GRAPH = THRESHOLD / 8;

    private record Stored(int alive, int dead, boolean graph) {
        Shape shape() {
            return new Shape(alive, alive + dead, alive + dead, (alive + dead) * 1_600L, false);
        }
    }

    /** Parts, and what was done to them. */
    private static final class Paper {
        private final Random random = new Random(1);
        private final Tiers tiers = new Tiers(THRESHOLD, false, false);
        private List<Stored> parts = new ArrayList<>();
        private long inserted;
        private long rewritten;
        private long linked;
        private int partsMax;
        private long partsSum;
        private long steps;
        private double deadMax;
        /** Graph insertions that the builder is behind. */
        private double debt;

        private long alive() {
            return parts.stream().mapToLong(Stored::alive).sum();
        }

        /**
         * A sealed part arrives.
         *
         * @param replaced of its points, in percent, that were there before
         * @param speed graph insertions that are done while a point arrives; 0 waits until nothing is left to do
         */
        void add(int points, int replaced, double speed) {
            kill((long) points * replaced / 100);
            parts.add(new Stored(points, 0, false));
            inserted += points;
            rewritten += points;
            debt = Math.max(0, debt - points * speed);
            while ((speed == 0 || debt <= 0) && step()) {
                // until nothing is left to do, or the builder is busy
            }
            steps++;
            partsMax = Math.max(partsMax, parts.size());
            partsSum += parts.size();
            long all =
                    parts.stream().mapToLong(part -> part.alive() + part.dead()).sum();
            deadMax = Math.max(deadMax, 1 - (double) alive() / all);
        }

        private void kill(long count) {
            long all = alive();
            for (int p = 0; p < parts.size() && all > 0; p++) {
                Stored part = parts.get(p);
                double share = Math.min(1, (double) count / all);
                int gone = (int) Math.min(part.alive(), part.alive() * share + random.nextDouble());
                parts.set(p, new Stored(part.alive() - gone, part.dead() + gone, part.graph()));
            }
        }

        private boolean step() {
            List<Integer> chosen = tiers.next(parts.stream().map(Stored::shape).toList());
            if (!chosen.isEmpty()) {
                merge(chosen);
                return true;
            }
            for (int p = 0; p < parts.size(); p++) {
                Stored part = parts.get(p);
                if (!part.graph() && part.alive() >= SMALLEST_GRAPH && alive() >= THRESHOLD) {
                    parts.set(p, new Stored(part.alive(), part.dead(), true));
                    link(part.alive() + part.dead());
                    return true;
                }
            }
            return false;
        }

        private void merge(List<Integer> chosen) {
            int alive = 0;
            int kept = 0;
            for (int p : chosen) {
                Stored part = parts.get(p);
                alive += part.alive();
                if (part.graph() && part.shape().keepsGraph()) {
                    kept = Math.max(kept, part.alive());
                }
            }
            boolean graph = alive >= SMALLEST_GRAPH && alive() >= THRESHOLD;
            List<Stored> next = new ArrayList<>();
            for (int p = 0; p < parts.size(); p++) {
                if (!chosen.contains(p)) {
                    next.add(parts.get(p));
                }
            }
            if (alive > 0) {
                next.add(new Stored(alive, 0, graph));
            }
            parts = next;
            rewritten += alive;
            if (graph) {
                link(alive - kept);
            }
        }

        private void link(long points) {
            linked += points;
            debt += points;
        }

        double rewrittenEach() {
            return (double) rewritten / inserted;
        }

        double linkedEach() {
            return (double) linked / inserted;
        }

        void show(String what) {
            if (SHOWN) {
                System.out.printf(
                        "%-40s %,11d points: written %.1f x, linked %.2f x, parts %.1f (most %d), dead at most %.0f %%%n",
                        what,
                        alive(),
                        rewrittenEach(),
                        linkedEach(),
                        (double) partsSum / steps,
                        partsMax,
                        100 * deadMax);
            }
        }
    }

    private static Paper grown(int points, int each, double speed) {
        Paper paper = new Paper();
        for (int p = 0; p < points; p += each) {
            paper.add(each, 0, speed);
        }
        return paper;
    }

    private static double logarithm(double of, double base) {
        return Math.log(of) / Math.log(base);
    }

    @Test
    void aTrickleIsLinkedALogarithmicNumberOfTimes() {
        for (int points : new int[] {100_000, 1_000_000, 3_000_000, 10_000_000}) {
            for (int each : new int[] {300, 2_000, 20_000}) {
                Paper paper = grown(points, each, 0);
                paper.show("trickle of " + each);
                assertTrue(paper.linkedEach() <= 1 + logarithm((double) points / each, Tiers.REST_SHARE));
            }
        }
    }

    @Test
    void partsStayFew() {
        Paper paper = grown(4_000_000, 20_000, 0);
        assertTrue(
                paper.partsMax <= 1 + logarithm(200, 1 + Tiers.REST_SHARE) + Tiers.FAN_IN, "parts " + paper.partsMax);
    }

    @Test
    void aBulkLoadIsLinkedAboutOnce() {
        for (double speed : new double[] {0.1, 0.5, 1, 2}) {
            Paper paper = grown(2_000_000, 20_000, speed);
            paper.show("bulk, " + speed + " linked per point");
        }
        assertTrue(grown(2_000_000, 20_000, 0.5).linkedEach() < 2);
    }

    @Test
    void theDeadAreReclaimed() {
        for (int each : new int[] {2_000, 20_000}) {
            Paper paper = grown(1_000_000, 20_000, 0);
            paper.inserted = 0;
            paper.rewritten = 0;
            paper.linked = 0;
            for (int i = 0; i < 2_000_000; i += each) {
                paper.add(each, 100, 0);
            }
            paper.show("replaced in turns of " + each);
            assertTrue(paper.deadMax <= 0.31, "dead " + paper.deadMax);
            assertEquals(1_000_000, paper.alive(), 1_000);
        }
    }

    @Test
    void whatABulkLoadLeftJoinsTheRestOnceNothingIsWritten() {
        Shape large = new Stored(94_000, 0, true).shape();
        Shape left = new Stored(6_000, 0, true).shape();
        Shape few = new Stored(500, 0, false).shape();
        Tiers atRest = new Tiers(THRESHOLD, false, true);
        assertEquals(List.of(), new Tiers(THRESHOLD, false, false).next(List.of(large, left)));
        assertEquals(List.of(0, 1), atRest.next(List.of(large, left)));
        assertEquals(List.of(1, 0, 2), atRest.next(List.of(left, large, few)));
        assertEquals(List.of(), atRest.next(List.of(large, few)), "a scan of so few is cheaper than a copy of all");
    }

    @Test
    void nothingGrowsBeyondWhatCanBeRead() {
        Tiers tiers = new Tiers(THRESHOLD, false, false);
        Shape rows = new Shape(1_000_000, 1_000_000, 1 << 30, 1 << 30, false);
        assertEquals(List.of(), tiers.next(List.of(rows, rows)));
        Shape bytes = new Shape(1_000_000, 1_000_000, 1_000_000, Tiers.BYTES_MAX / 2 + 1, false);
        assertEquals(List.of(), tiers.next(List.of(bytes, bytes)));
        Shape points = new Shape(3_000_000, 3_000_000, 3_000_000, 1 << 30, false);
        assertEquals(List.of(), tiers.next(Collections.nCopies(5, points)));
        Shape small = new Shape(5_000, 5_000, 1 << 30, 1 << 30, false);
        assertEquals(List.of(), tiers.next(Collections.nCopies(8, small)));
        assertEquals(List.of(), new Tiers(THRESHOLD, true, false).packed(Collections.nCopies(8, small)));
    }
}
