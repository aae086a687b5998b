/** What a tenant's data shares with others: seen by its members, changed by its owners. */
@NullMarked
package dev.vectorhub.console.isolation;

import org.jspecify.annotations.NullMarked;
