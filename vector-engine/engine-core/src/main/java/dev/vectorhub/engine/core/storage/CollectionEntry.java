package dev.vectorhub.engine.core.storage;

import dev.vectorhub.engine.core.IsolationMode;
import java.util.List;

/**
 * A collection as the catalog lists it.
 *
 * @param isolation in force: the stronger of the tenant's and the collection's own; decides where its files lie
 * @param manifest number of the checkpoint that wrote its manifest; {@link #PACKED} without one
 * @param unfinished true if background work is due that no command will call for, such as a graph
 * @param diskBytes of segments and graphs
 * @param record whole if packed, else without its parts, which the manifest has
 */
public record CollectionEntry(
        IsolationMode isolation, long manifest, boolean unfinished, long diskBytes, CollectionRecord record) {
    public static final long PACKED = -1;

    /** A new collection, which no checkpoint has seen. */
    public static CollectionEntry fresh(CollectionRecord record, IsolationMode isolation) {
        return of(record, isolation, isolation == IsolationMode.NONE ? PACKED : 0, false);
    }

    public static CollectionEntry of(
            CollectionRecord record, IsolationMode isolation, long manifest, boolean unfinished) {
        return new CollectionEntry(isolation, manifest, unfinished, record.diskBytes(), record);
    }

    public boolean packed() {
        return manifest == PACKED;
    }

    /** As it stands in the catalog. */
    CollectionEntry listed() {
        return packed()
                ? this
                : new CollectionEntry(isolation, manifest, unfinished, diskBytes, record.withParts(List.of()));
    }
}
