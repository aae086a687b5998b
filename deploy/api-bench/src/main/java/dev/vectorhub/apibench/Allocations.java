package dev.vectorhub.apibench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What threads have allocated during a recording, from what each had since it began: seen at its beginning and at its end. */
final class Allocations {
    /** What is seen so soon after the beginning of a recording was there before it. */
    private static final long BEGINNING_MILLIS = 100;

    private record Seen(Instant time, long thread, long bytes) {}

    private final List<Seen> seen = new ArrayList<>();

    /** In any order: a recording keeps each thread's events together. */
    void add(Instant time, long thread, long bytes) {
        seen.add(new Seen(time, thread, bytes));
    }

    /** A thread that was not there at the beginning has allocated nothing before. */
    long bytes() {
        Instant begin = seen.stream().map(Seen::time).min(Instant::compareTo).orElse(Instant.EPOCH);
        Map<Long, Long> first = new HashMap<>();
        Map<Long, Long> last = new HashMap<>();
        for (Seen one : seen) {
            boolean before = Duration.between(begin, one.time()).toMillis() < BEGINNING_MILLIS;
            (before ? first : last).merge(one.thread(), one.bytes(), Math::max);
        }
        long bytes = 0;
        for (Map.Entry<Long, Long> thread : last.entrySet()) {
            bytes += thread.getValue() - first.getOrDefault(thread.getKey(), 0L);
        }
        return bytes;
    }
}
