/** What a tenant's data shares with others: the change of it, and how far that has come. */
@NullMarked
package dev.vectorhub.api.control.isolation;

import org.jspecify.annotations.NullMarked;
