package dev.vectorhub.billing.usage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sums of usage that is only in memory, one for each (tenant, key, operation class, second). A second never straddles an
 * hour, so the sum bills exactly what the requests would one by one, at a tenth of the rows or less.
 *
 * <p>Request threads add under one of a few locks, chosen by thread, each held for a map access; draining exchanges
 * the maps. There is no instant at which an addition could fall between two maps.
 */
final class UsageWindows {
    private static final int STRIPES = 16;

    private final Stripe[] stripes = new Stripe[STRIPES];
    private final int stripeWindowsMax;

    /** What identifies a sum. */
    record Key(UUID tenantId, @Nullable UUID keyId, OperationClass operation, long epochSecond) {}

    /** A sum. Guarded by its stripe until drained. */
    static final class Sums {
        long requests;
        long vectorsScanned;
        long bytesRead;
        long bytesWritten;
        long bytesIn;
        long bytesOut;
        long inferenceTokens;

        private void add(RequestUsage usage) {
            requests += usage.requests();
            vectorsScanned += usage.vectorsScanned();
            bytesRead += usage.bytesRead();
            bytesWritten += usage.bytesWritten();
            bytesIn += usage.bytesIn();
            bytesOut += usage.bytesOut();
            inferenceTokens += usage.inferenceTokens();
        }

        private void add(Sums other) {
            requests += other.requests;
            vectorsScanned += other.vectorsScanned;
            bytesRead += other.bytesRead;
            bytesWritten += other.bytesWritten;
            bytesIn += other.bytesIn;
            bytesOut += other.bytesOut;
            inferenceTokens += other.inferenceTokens;
        }
    }

    private static final class Stripe {
        private Map<Key, Sums> sums = new HashMap<>();

        synchronized boolean add(Key key, RequestUsage usage, int windowsMax) {
            Sums found = sums.get(key);
            if (found == null) {
                if (sums.size() >= windowsMax) {
                    return false;
                }
                found = new Sums();
                sums.put(key, found);
            }
            found.add(usage);
            return true;
        }

        synchronized Map<Key, Sums> exchange() {
            if (sums.isEmpty()) {
                // never the map itself: others add to it while the caller reads
                return Map.of();
            }
            Map<Key, Sums> taken = sums;
            sums = new HashMap<>();
            return taken;
        }
    }

    UsageWindows(int windowsMax) {
        this.stripeWindowsMax = Math.max(1, windowsMax / STRIPES);
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /** Adds usage; false if that needs a new window and all are taken. */
    boolean add(RequestUsage usage, long epochSecond) {
        int stripe = (int) Thread.currentThread().threadId() & (STRIPES - 1);
        Key key = new Key(usage.tenantId(), usage.keyId(), usage.operation(), epochSecond);
        return stripes[stripe].add(key, usage, stripeWindowsMax);
    }

    /** Takes all sums out. */
    Map<Key, Sums> drain() {
        Map<Key, Sums> all = new HashMap<>();
        for (Stripe stripe : stripes) {
            for (Map.Entry<Key, Sums> entry : stripe.exchange().entrySet()) {
                Sums known = all.putIfAbsent(entry.getKey(), entry.getValue());
                if (known != null) {
                    known.add(entry.getValue());
                }
            }
        }
        return all;
    }

    /** The events of sums, one for each meter that is not 0, numbered from {@code firstSeq}. */
    static List<UsageEvent> events(Map<Key, Sums> drained, String node, long epoch, long firstSeq) {
        List<UsageEvent> events = new ArrayList<>(drained.size() * 4);
        for (Map.Entry<Key, Sums> entry : drained.entrySet()) {
            Key key = entry.getKey();
            Sums sums = entry.getValue();
            BillableMeter[] meters = {
                key.operation().requests(),
                BillableMeter.VECTORS_SCANNED,
                BillableMeter.BYTES_READ,
                BillableMeter.BYTES_WRITTEN,
                BillableMeter.INGRESS_BYTES,
                BillableMeter.EGRESS_BYTES,
                BillableMeter.INFERENCE_TOKENS
            };
            long[] quantities = {
                sums.requests,
                sums.vectorsScanned,
                sums.bytesRead,
                sums.bytesWritten,
                sums.bytesIn,
                sums.bytesOut,
                sums.inferenceTokens
            };
            for (int i = 0; i < meters.length; i++) {
                if (quantities[i] != 0) {
                    events.add(new UsageEvent(
                            key.tenantId(),
                            key.keyId(),
                            meters[i],
                            key.operation().code(),
                            quantities[i],
                            key.epochSecond() * 1000,
                            node,
                            epoch,
                            firstSeq + events.size()));
                }
            }
        }
        return events;
    }
}
