/** A collection at work: mutable part, snapshots for readers, search over parts, background upkeep. */
@NullMarked
package dev.vectorhub.engine.core.collection;

import org.jspecify.annotations.NullMarked;
