package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.index.FieldIndexBuilder;
import dev.vectorhub.engine.core.segment.FieldsBlob;
import dev.vectorhub.engine.core.storage.BlobRef;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Which stored parts need an index of payload fields, and its making. Small ones need none: reading their payloads costs less
 * than what an index takes in memory and on disk, so a small collection with indexes costs what one without them does.
 */
final class FieldIndexing {
    /** Points of a part from which an index pays, unless graphs are asked for below that. */
    static final int POINTS_MIN = 2_000;

    private FieldIndexing() {}

    /** Points from which a part of the collection has an index. */
    static int smallest(LiveCollection collection) {
        return Math.min(POINTS_MIN, RewritePolicy.smallBelow(collection));
    }

    static boolean isMissing(LiveCollection collection, LivePart part) {
        Map<String, FieldSpec> wanted = collection.fields();
        if (wanted.isEmpty() || part.blob() == null || part.alive() < smallest(collection)) {
            return false;
        }
        FieldsBlob fields = part.fields();
        return fields == null || !fields.covers(wanted);
    }

    /** Writes the index and installs it; the old one serves until then. False if it was cancelled. */
    static boolean build(LiveCollection collection, LivePart part, BooleanSupplier cancelled) throws IOException {
        OwnFile file = OwnFile.fields(collection);
        try (file) {
            FieldsBlob fields = write(file, collection, part, cancelled);
            if (fields == null) {
                return false;
            }
            install(collection, part, fields);
            return true;
        }
    }

    /**
     * Brings an index to disk.
     *
     * @param file empty
     * @return a reference of the caller's; null if it was cancelled
     */
    static @Nullable FieldsBlob write(OwnFile file, LiveCollection collection, LivePart part, BooleanSupplier cancelled)
            throws IOException {
        Map<String, FieldSpec> fields = new LinkedHashMap<>(collection.fields());
        ByteBuffersDirectory index = FieldIndexBuilder.build(part.part(), fields, cancelled);
        if (index == null) {
            return null;
        }
        BlobRef ref = FieldsBlob.write(file.out(), index, part.part().size(), fields);
        file.out().force();
        return collection.files().fields(ref, part.part().size());
    }

    private static void install(LiveCollection collection, LivePart built, FieldsBlob fields) {
        try {
            collection.change(built, part -> part.withFields(fields));
        } finally {
            fields.file().release();
        }
    }
}
