package dev.vectorhub.billing.rollup;

import dev.vectorhub.billing.usage.BillableMeter;
import java.util.UUID;

/** A tenant's sum of one meter over the asked interval, in base units. */
public record MeterTotal(UUID tenantId, BillableMeter meter, long quantity) {}
