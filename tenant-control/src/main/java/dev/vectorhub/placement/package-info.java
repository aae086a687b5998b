/** Where tenants live: the desired place, the observed one, and the reconciler that makes them meet. */
@NullMarked
package dev.vectorhub.placement;

import org.jspecify.annotations.NullMarked;
