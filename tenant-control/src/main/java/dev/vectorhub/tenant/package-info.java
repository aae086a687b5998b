/** Tenants, their states and the gate, and the transactions that see only one tenant's rows. */
@NullMarked
package dev.vectorhub.tenant;

import org.jspecify.annotations.NullMarked;
