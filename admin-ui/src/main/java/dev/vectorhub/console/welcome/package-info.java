/** Where a viewer starts, and where one waits who has no tenant yet. */
@NullMarked
package dev.vectorhub.console.welcome;

import org.jspecify.annotations.NullMarked;
