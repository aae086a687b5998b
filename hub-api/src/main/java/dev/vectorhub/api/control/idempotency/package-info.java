/** Repeated requests that create something create it once. */
@NullMarked
package dev.vectorhub.api.control.idempotency;

import org.jspecify.annotations.NullMarked;
