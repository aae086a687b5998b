package dev.vectorhub.billing.rollup;

import dev.vectorhub.billing.usage.BillableMeter;
import java.util.UUID;

/** A tenant and meter whose ledger and records disagree on a day. */
public record Drift(UUID tenantId, BillableMeter meter, long ledgerQuantity, long recordQuantity) {}
