/** Plans and their limits. */
@NullMarked
package dev.vectorhub.console.plans;

import org.jspecify.annotations.NullMarked;
