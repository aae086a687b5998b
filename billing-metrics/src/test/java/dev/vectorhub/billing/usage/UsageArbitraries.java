package dev.vectorhub.billing.usage;

import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generators of events. */
public final class UsageArbitraries {
    private UsageArbitraries() {}

    /** One of a few, so that events meet in the same sums. */
    public static Arbitrary<UUID> fewIds() {
        return Arbitraries.integers().between(1, 3).map(number -> new UUID(0x0189_0000_0000_7000L, number));
    }

    /** Events of a few tenants, keys and hours; (node, epoch, seq) may repeat. */
    public static Arbitrary<UsageEvent> events() {
        return Combinators.combine(
                        fewIds(),
                        fewIds().injectNull(0.3),
                        Arbitraries.of(BillableMeter.class),
                        Arbitraries.of("read", "search", "storage"),
                        Arbitraries.longs().between(-1_000, 1_000_000_000_000L),
                        Arbitraries.longs().between(1_790_000_000_000L, 1_790_000_000_000L + 3 * 3_600_000L),
                        Arbitraries.of("hub-1", "hub-ü", "storage:x"),
                        Arbitraries.longs().between(1, 50))
                .as((tenant, key, meter, operation, quantity, millis, node, seq) ->
                        new UsageEvent(tenant, key, meter, operation, quantity, millis, node, 3, seq));
    }
}
