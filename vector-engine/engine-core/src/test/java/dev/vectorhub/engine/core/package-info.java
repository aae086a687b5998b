/** Tests of the store through its face, against a plain oracle. */
@NullMarked
package dev.vectorhub.engine.core;

import org.jspecify.annotations.NullMarked;
