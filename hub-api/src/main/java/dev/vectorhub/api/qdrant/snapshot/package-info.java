/** Snapshots of collections, over REST; those of the storage and of shards, refused with the reason. */
@NullMarked
package dev.vectorhub.api.qdrant.snapshot;

import org.jspecify.annotations.NullMarked;
