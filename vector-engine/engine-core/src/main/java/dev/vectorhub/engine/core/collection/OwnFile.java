package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.storage.BlobWriter;
import dev.vectorhub.engine.core.storage.Home;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A new file for one blob: in the collection's directory, or a slab of its own. Protected from sweeping until it is closed. */
final class OwnFile implements Closeable {
    private final LiveCollection collection;
    private final BlobWriter out;
    private final long number;

    private OwnFile(LiveCollection collection, BlobWriter out, long number) {
        this.collection = collection;
        this.out = out;
        this.number = number;
    }

    static OwnFile segment(LiveCollection collection) throws IOException {
        return begin(collection, Home::segment);
    }

    static OwnFile graph(LiveCollection collection) throws IOException {
        return begin(collection, Home::graph);
    }

    /** For an index of payload fields. */
    static OwnFile fields(LiveCollection collection) throws IOException {
        return begin(collection, Home::fields);
    }

    private interface Place {
        Path of(Home home, long number);
    }

    private static OwnFile begin(LiveCollection collection, Place place) throws IOException {
        Home home = collection.home();
        if (home.packed()) {
            BlobWriter slab = collection.around().slabs().begin();
            return new OwnFile(collection, slab, slab.number());
        }
        long number = collection.files().begin();
        home.directories().forEach(collection.around().layout()::requireDirectory);
        return new OwnFile(collection, new BlobWriter(place.of(home, number), number), number);
    }

    BlobWriter out() {
        return out;
    }

    @Override
    public void close() throws IOException {
        out.close();
        if (out.isEmpty()) {
            Files.deleteIfExists(out.path());
        }
        if (collection.home().packed()) {
            collection.around().slabs().settled(number);
        } else {
            collection.files().settled(number);
        }
    }
}
