/** A tenant's usage against its limits, over time, and what it costs. */
@NullMarked
package dev.vectorhub.console.usage;

import org.jspecify.annotations.NullMarked;
