/** Texts in the place of vectors. */
@NullMarked
package dev.vectorhub.api.qdrant.inference;

import org.jspecify.annotations.NullMarked;
