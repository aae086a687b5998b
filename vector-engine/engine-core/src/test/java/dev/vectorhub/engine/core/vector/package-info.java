/** Tests of rows, scorers and the bounds of codes. */
@NullMarked
package dev.vectorhub.engine.core.vector;

import org.jspecify.annotations.NullMarked;
