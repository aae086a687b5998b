/** Qdrant's filters as the engine's. */
@NullMarked
package dev.vectorhub.api.qdrant.filter;

import org.jspecify.annotations.NullMarked;
