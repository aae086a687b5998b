/** Plans and their limits, seeded from the guide's configuration. */
@NullMarked
package dev.vectorhub.plan;

import org.jspecify.annotations.NullMarked;
