/** Operational telemetry under the names of the scaling guide. It is never billed from. */
@NullMarked
package dev.vectorhub.metrics;

import org.jspecify.annotations.NullMarked;
