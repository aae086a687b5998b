/** Indexes of payload fields: a Lucene index for each immutable part that is worth one, whose documents are the part's ordinals. */
@NullMarked
package dev.vectorhub.engine.core.index;

import org.jspecify.annotations.NullMarked;
