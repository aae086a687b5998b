/** Qdrant's envelope and what stands in it. */
@NullMarked
package dev.vectorhub.api.qdrant.reply;

import org.jspecify.annotations.NullMarked;
