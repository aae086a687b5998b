package dev.vectorhub.billing.usage;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the ledger. The id follows from the content's origin, so storing an event twice stores it once.
 *
 * @param tenantId the tenant that is billed
 * @param keyId the API key; null where no key took part (storage, corrections, sessions of the console)
 * @param meter what is counted
 * @param operation {@link OperationClass#code()}, {@code storage} or the operation that a correction corrects
 * @param quantity whole base units of the meter; negative only in corrections
 * @param epochMillis when it was used, UTC; an event of a request window carries the start of the window's second
 * @param node the source: name of the recording process, {@code storage:<collection>} or {@code correction:<id>}
 * @param epoch number of the source's start, never used twice for a node; the hour's number for storage
 * @param seq number within (node, epoch), from 1, without gaps for recording processes
 */
public record UsageEvent(
        UUID tenantId,
        @Nullable UUID keyId,
        BillableMeter meter,
        String operation,
        long quantity,
        long epochMillis,
        String node,
        long epoch,
        long seq) {

    /** Longest node name, in characters. */
    public static final int NODE_LENGTH_MAX = 100;

    /** Longest operation name, in characters. */
    public static final int OPERATION_LENGTH_MAX = 40;

    public UsageEvent {
        requireName("node", node, NODE_LENGTH_MAX);
        requireName("operation", operation, OPERATION_LENGTH_MAX);
    }

    /** The deterministic id {@code tenant|meter|node|epoch|seq}. */
    public String id() {
        return tenantId + "|" + meter.code() + "|" + node + "|" + epoch + "|" + seq;
    }

    static void requireName(String field, String value, int lengthMax) {
        if (value.isEmpty() || value.length() > lengthMax || value.indexOf('|') >= 0) {
            throw new IllegalArgumentException(
                    field + " must have 1 to " + lengthMax + " characters and no '|': '" + value + "'");
        }
    }
}
