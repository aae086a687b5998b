/** Rows of floats in native memory and the scorer that compares a query with them. */
@NullMarked
package dev.vectorhub.engine.core.vector;

import org.jspecify.annotations.NullMarked;
