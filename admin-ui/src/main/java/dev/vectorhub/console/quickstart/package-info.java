/** The first request of a new tenant, ready to paste. */
@NullMarked
package dev.vectorhub.console.quickstart;

import org.jspecify.annotations.NullMarked;
