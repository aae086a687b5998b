package dev.vectorhub.ratelimit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class RateWindowPropertyTest {

    private record Spend(long millis, long tokens) {}

    /** Whatever is asked and given back: no minute sees more spent than the limit, however late tokens are spent. */
    @Property
    void noMinuteAdmitsMoreThanTheLimit(
            @ForAll @LongRange(min = 1, max = 100) long limit,
            @ForAll @Size(max = 60) List<@IntRange(max = 9_000) Integer> gaps,
            @ForAll @Size(max = 60) List<@IntRange(max = 60) Integer> wants,
            @ForAll @Size(max = 60) List<@IntRange(max = 1_000) Integer> lateness) {
        long now = 5_000_000_000L;
        RateWindow window = new RateWindow(0, new long[RateWindow.SECONDS]);
        List<Spend> spent = new ArrayList<>();
        int rounds = Math.min(gaps.size(), Math.min(wants.size(), lateness.size()));
        for (int i = 0; i < rounds; i++) {
            now += gaps.get(i);
            RateWindow.Outcome outcome = window.take(Instant.ofEpochMilli(now), limit, wants.get(i));
            long unspent = outcome.granted() / 3;
            window = outcome.window().giveBack(outcome.window().newest(), unspent);
            spent.add(new Spend(
                    now + Math.min(lateness.get(i), RateWindow.TOKEN_LIFE.toMillis()), outcome.granted() - unspent));
        }
        for (Spend from : spent) {
            long inMinute = 0;
            for (Spend spend : spent) {
                if (spend.millis() >= from.millis() && spend.millis() < from.millis() + 60_000) {
                    inMinute += spend.tokens();
                }
            }
            assertTrue(inMinute <= limit, inMinute + " in one minute of at most " + limit);
        }
    }
}
