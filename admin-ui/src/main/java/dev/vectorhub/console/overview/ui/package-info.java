/** Pages of the overview. */
@NullMarked
package dev.vectorhub.console.overview.ui;

import org.jspecify.annotations.NullMarked;
