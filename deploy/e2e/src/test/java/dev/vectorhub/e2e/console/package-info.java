/** The console in a real browser. */
@NullMarked
package dev.vectorhub.e2e.console;

import org.jspecify.annotations.NullMarked;
