/** Who belongs to a tenant. */
@NullMarked
package dev.vectorhub.console.members;

import org.jspecify.annotations.NullMarked;
