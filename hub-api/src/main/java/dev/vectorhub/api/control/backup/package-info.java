/** Backups of tenants and what is restored of them, for tenants and operators. */
@NullMarked
package dev.vectorhub.api.control.backup;

import org.jspecify.annotations.NullMarked;
