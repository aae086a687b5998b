/** The tenant API as Qdrant's clients speak it. */
@NullMarked
package dev.vectorhub.api.qdrant;

import org.jspecify.annotations.NullMarked;
