/** What a tenant sees of itself: its collections and its requests, as telemetry and as metrics. */
@NullMarked
package dev.vectorhub.api.qdrant.telemetry;

import org.jspecify.annotations.NullMarked;
