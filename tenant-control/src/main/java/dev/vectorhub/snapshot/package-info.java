/** Snapshots of collections: a tenant's own, sealed, kept as files beside the engine's data. */
@NullMarked
package dev.vectorhub.snapshot;

import org.jspecify.annotations.NullMarked;
