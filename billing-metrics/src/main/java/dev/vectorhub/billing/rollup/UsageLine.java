package dev.vectorhub.billing.rollup;

import dev.vectorhub.billing.usage.BillableMeter;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Usage of one tenant, meter, operation and key in the half-open interval [from, to).
 *
 * @param keyId null for usage without a key
 * @param quantity base units of the meter
 */
public record UsageLine(
        UUID tenantId,
        Instant from,
        Instant to,
        BillableMeter meter,
        String operation,
        @Nullable UUID keyId,
        long quantity) {}
