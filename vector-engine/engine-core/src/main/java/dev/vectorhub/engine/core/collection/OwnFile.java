package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.storage.BlobKind;
import dev.vectorhub.engine.core.storage.BlobWriter;
import dev.vectorhub.engine.core.storage.Home;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;

/** A new file for one blob: in the collection's directory, or a slab of its own. Protected from sweeping until it is closed. */
final class OwnFile implements Closeable {
    private final LiveCollection collection;
    private final CollectionFiles files;
    private final BlobWriter out;
    private final long number;

    private OwnFile(LiveCollection collection, CollectionFiles files, BlobWriter out, long number) {
        this.collection = collection;
        this.files = files;
        this.out = out;
        this.number = number;
    }

    static OwnFile segment(LiveCollection collection) throws IOException {
        return begin(collection, collection.files(), BlobKind.SEGMENT);
    }

    static OwnFile graph(LiveCollection collection) throws IOException {
        return begin(collection, collection.files(), BlobKind.GRAPH);
    }

    /** For an index of payload fields. */
    static OwnFile fields(LiveCollection collection) throws IOException {
        return begin(collection, collection.files(), BlobKind.FIELDS);
    }

    static OwnFile begin(LiveCollection collection, CollectionFiles files, BlobKind kind) throws IOException {
        Home home = files.home();
        if (home.packed()) {
            BlobWriter slab = collection.around().slabs().begin();
            return new OwnFile(collection, files, slab, slab.number());
        }
        long number = files.begin();
        home.directories().forEach(collection.around().layout()::requireDirectory);
        return new OwnFile(collection, files, new BlobWriter(home.file(kind, number), number), number);
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
        if (files.home().packed()) {
            collection.around().slabs().settled(number);
        } else {
            files.settled(number);
        }
    }
}
