/** Backups of tenants: what there is, new ones, and what is restored of them. */
@NullMarked
package dev.vectorhub.console.backups;

import org.jspecify.annotations.NullMarked;
