/** What {@code ./hub bench gateway} calls; answers 404 unless {@code hub.api.bench-enabled} is set. */
@NullMarked
package dev.vectorhub.api.bench;

import org.jspecify.annotations.NullMarked;
