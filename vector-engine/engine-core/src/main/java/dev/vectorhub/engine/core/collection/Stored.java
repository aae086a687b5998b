package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.storage.CollectionEntry;
import dev.vectorhub.engine.core.storage.CollectionRecord;
import dev.vectorhub.engine.core.storage.Damage;
import dev.vectorhub.engine.core.storage.Home;
import dev.vectorhub.engine.core.storage.Layout;
import dev.vectorhub.engine.core.storage.ManifestFile;
import dev.vectorhub.engine.core.storage.Records;
import java.nio.file.Path;

/** What is durable of a collection. The catalog does not list the parts of one with files of its own: its manifest does. */
final class Stored {
    private final Layout layout;
    private volatile State state;

    /** @param durable false for a collection that no checkpoint has seen */
    private record State(CollectionEntry entry, boolean whole, boolean durable) {}

    /** @param durable true as the catalog lists it */
    Stored(Layout layout, CollectionEntry entry, boolean durable) {
        this.layout = layout;
        this.state = new State(entry, !durable || entry.packed(), durable);
    }

    boolean isDurable() {
        return state.durable();
    }

    CollectionEntry entry() {
        return state.entry();
    }

    /** @throws dev.vectorhub.engine.core.StoreException {@code UNAVAILABLE}, naming the manifest, if it is damaged */
    @SuppressWarnings("ReferenceEquality") // a state that another thread has set is a later one, equal or not
    CollectionRecord record() {
        State current = state;
        if (current.whole()) {
            return current.entry().record();
        }
        CollectionEntry listed = current.entry();
        CollectionEntry read =
                CollectionEntry.of(read(listed), listed.isolation(), listed.manifest(), listed.unfinished());
        // a checkpoint may have committed a later state meanwhile
        synchronized (this) {
            if (state == current) {
                state = new State(read, true, true);
            }
            return state.entry().record();
        }
    }

    private CollectionRecord read(CollectionEntry entry) {
        CollectionRecord head = entry.record();
        Home home = Home.of(layout, head.tenant(), head.collection(), entry.isolation());
        home.directories().forEach(layout::requireDirectory);
        Path file = ManifestFile.numbered(home.segments(), Layout.MANIFEST, entry.manifest());
        CollectionRecord record = ManifestFile.read(file, ManifestFile.Kind.COLLECTION, Records::collection);
        if (!record.collection().equals(head.collection()) || !record.tenant().equals(head.tenant())) {
            throw Damage.in(file, "belongs to collection " + record.collection() + " of tenant " + record.tenant());
        }
        return record;
    }

    synchronized void committed(CollectionEntry entry) {
        state = new State(entry, true, true);
    }
}
