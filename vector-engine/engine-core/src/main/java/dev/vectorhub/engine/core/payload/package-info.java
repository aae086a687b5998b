/** Payload objects: checked, edited and projected as streams of tokens. */
@NullMarked
package dev.vectorhub.engine.core.payload;

import org.jspecify.annotations.NullMarked;
