/** Meters, usage events and the append-only ledger they are stored in. */
@NullMarked
package dev.vectorhub.billing.usage;

import org.jspecify.annotations.NullMarked;
