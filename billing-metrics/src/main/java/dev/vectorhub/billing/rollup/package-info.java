/** Hourly records folded from the ledger, queries over both, and the check that they agree. */
@NullMarked
package dev.vectorhub.billing.rollup;

import org.jspecify.annotations.NullMarked;
