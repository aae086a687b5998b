/** The control API, {@code /v1}: who may call what, and what all its resources share. */
@NullMarked
package dev.vectorhub.api.control;

import org.jspecify.annotations.NullMarked;
