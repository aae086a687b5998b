/** The immutable part of a collection on disk: format, writer, reader. */
@NullMarked
package dev.vectorhub.engine.core.segment;

import org.jspecify.annotations.NullMarked;
