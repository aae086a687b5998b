package dev.vectorhub.billing.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class UsageWindowsPropertyTest {
    private static final UUID TENANT = new UUID(1, 2);

    @Provide
    Arbitrary<List<RequestUsage>> requests() {
        Arbitrary<Long> amounts = Arbitraries.longs().between(0, 1_000_000);
        return Combinators.combine(
                        UsageArbitraries.fewIds(),
                        UsageArbitraries.fewIds().injectNull(0.3),
                        Arbitraries.of(OperationClass.class),
                        Arbitraries.longs().between(1, 10),
                        amounts,
                        amounts,
                        amounts,
                        amounts)
                .as((tenant, key, operation, count, scanned, read, in, out) ->
                        new RequestUsage(tenant, key, operation, count, scanned, read, 0, in, out, read / 3))
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 100)
    void eventsBillWhatTheRequestsUsed(@ForAll("requests") List<RequestUsage> requests) {
        UsageWindows windows = new UsageWindows(100_000);
        List<UsageEvent> events = new ArrayList<>();
        Map<String, Long> expected = new HashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            RequestUsage usage = requests.get(i);
            assertTrue(windows.add(usage, 1_790_000_000L + i / 10));
            add(expected, usage, usage.operation().requests(), usage.requests());
            add(expected, usage, BillableMeter.VECTORS_SCANNED, usage.vectorsScanned());
            add(expected, usage, BillableMeter.BYTES_READ, usage.bytesRead());
            add(expected, usage, BillableMeter.INGRESS_BYTES, usage.bytesIn());
            add(expected, usage, BillableMeter.EGRESS_BYTES, usage.bytesOut());
            add(expected, usage, BillableMeter.INFERENCE_TOKENS, usage.inferenceTokens());
            if (i % 7 == 0) {
                events.addAll(UsageWindows.events(windows.drain(), "hub", 1, events.size() + 1));
            }
        }
        events.addAll(UsageWindows.events(windows.drain(), "hub", 1, events.size() + 1));

        Map<String, Long> billed = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < events.size(); i++) {
            UsageEvent event = events.get(i);
            assertEquals(i + 1, event.seq(), "numbers have no gaps");
            assertTrue(ids.add(event.id()), "ids are unique");
            String sum = event.tenantId() + " " + event.keyId() + " " + event.operation() + " " + event.meter();
            billed.merge(sum, event.quantity(), Long::sum);
        }
        expected.values().removeIf(quantity -> quantity == 0);
        assertEquals(expected, billed);
    }

    private static void add(Map<String, Long> sums, RequestUsage usage, BillableMeter meter, long quantity) {
        String sum =
                usage.tenantId() + " " + usage.keyId() + " " + usage.operation().code() + " " + meter;
        sums.merge(sum, quantity, Long::sum);
    }

    @Example
    void nothingFallsBetweenDrains() throws InterruptedException {
        UsageWindows windows = new UsageWindows(100_000);
        int threads = 4;
        int each = 20_000;
        List<Thread> adders = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            adders.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < each; i++) {
                    assertTrue(windows.add(RequestUsage.of(TENANT, null, OperationClass.READ, 1, 2), i / 1000));
                }
            }));
        }
        long drained = 0;
        while (adders.stream().anyMatch(Thread::isAlive)) {
            drained += requests(windows.drain());
        }
        for (Thread adder : adders) {
            adder.join();
        }
        drained += requests(windows.drain());
        assertEquals((long) threads * each, drained);
    }

    @Example
    void refusesNewWindowsPastTheBoundButAddsToOpenOnes() {
        UsageWindows windows = new UsageWindows(16); // one for each stripe, and this thread uses one stripe
        RequestUsage usage = RequestUsage.of(TENANT, null, OperationClass.READ, 1, 2);
        assertTrue(windows.add(usage, 1));
        assertTrue(windows.add(usage, 1));
        assertFalse(windows.add(usage, 2));
        assertEquals(2, requests(windows.drain()));
        assertTrue(windows.add(usage, 2));
    }

    private static long requests(Map<UsageWindows.Key, UsageWindows.Sums> sums) {
        long requests = 0;
        for (UsageWindows.Sums sum : sums.values()) {
            requests += sum.requests;
        }
        return requests;
    }
}
