package dev.vectorhub.engine.core.storage;

import dev.vectorhub.engine.core.IsolationMode;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Where the files of a collection lie.
 *
 * @param segments directory of segments and of the manifest
 * @param graphs directory of graphs and of indexes of payload fields
 * @param packed true: both are the slab directory, shared with others, and the manifest is in the catalog
 */
public record Home(Path segments, Path graphs, boolean packed) {
    public static final String SEGMENT = "segment";
    public static final String GRAPH = "graph";
    public static final String FIELDS = "fields";
    public static final String SLAB = "slab";

    public static Home of(Layout layout, UUID tenant, UUID collection, IsolationMode isolation) {
        return switch (isolation) {
            case NONE -> new Home(layout.slabs(), layout.slabs(), true);
            case COLLECTION ->
                new Home(layout.sharedCollection(collection), layout.sharedCollection(collection), false);
            case STORAGE ->
                new Home(layout.tenantCollection(tenant, collection), layout.tenantIndex(tenant, collection), false);
        };
    }

    public Path file(BlobKind kind, long number) {
        return switch (kind) {
            case SEGMENT -> segment(number);
            case GRAPH -> graph(number);
            case FIELDS -> fields(number);
        };
    }

    public Path segment(long file) {
        return ManifestFile.numbered(segments, packed ? SLAB : SEGMENT, file);
    }

    public Path graph(long file) {
        return ManifestFile.numbered(graphs, packed ? SLAB : GRAPH, file);
    }

    /** An index of payload fields. */
    public Path fields(long file) {
        return ManifestFile.numbered(graphs, packed ? SLAB : FIELDS, file);
    }

    public List<Path> directories() {
        return segments.equals(graphs) ? List.of(segments) : List.of(segments, graphs);
    }
}
