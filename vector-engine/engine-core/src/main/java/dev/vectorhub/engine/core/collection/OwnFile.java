package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.storage.BlobWriter;
import dev.vectorhub.engine.core.storage.Home;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;

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
        return begin(collection, true);
    }

    static OwnFile graph(LiveCollection collection) throws IOException {
        return begin(collection, false);
    }

    private static OwnFile begin(LiveCollection collection, boolean segment) throws IOException {
        Home home = collection.home();
        if (home.packed()) {
            BlobWriter slab = collection.around().slabs().begin();
            return new OwnFile(collection, slab, slab.number());
        }
        long number = collection.files().begin();
        home.directories().forEach(collection.around().layout()::requireDirectory);
        return new OwnFile(
                collection, new BlobWriter(segment ? home.segment(number) : home.graph(number), number), number);
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
