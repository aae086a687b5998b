package dev.vectorhub.engine.core.registry;

import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.collection.Surroundings;
import dev.vectorhub.engine.core.storage.CollectionEntry;
import dev.vectorhub.engine.core.storage.Damage;
import dev.vectorhub.engine.core.storage.Layout;
import dev.vectorhub.engine.core.storage.ManifestFile;
import dev.vectorhub.engine.core.storage.Records;
import dev.vectorhub.engine.core.storage.StoreRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalog and removes directories and slabs that it does not name. Tenants' own files are not touched before they
 * are used: what a crash left in them goes with {@link Scrub}. Damage to the root of all refuses the directory; damage to
 * anything else quarantines whom it concerns.
 */
final class Recovery {
    private Recovery() {}

    /** The last checkpoint; one of nothing is written for a new directory. */
    static StoreRecord storeRecord(Layout layout) {
        Path file = layout.storeManifest();
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            StoreRecord empty = new StoreRecord(0, 0, 1, Catalog.emptyNumbers(), List.of());
            ManifestFile.replace(file, ManifestFile.Kind.STORE, out -> Records.store(out, empty));
        }
        return ManifestFile.read(file, ManifestFile.Kind.STORE, Records::store);
    }

    static Catalog run(Surroundings around, StoreRecord store) {
        Catalog catalog = Catalog.open(around.layout(), store);
        try {
            // of a bucket that cannot be read it is not known what it refers to
            boolean whole = catalog.damages().isEmpty();
            around.slabs().recover(catalog.slabBytes().keySet(), whole);
            if (whole) {
                sharedCollections(around.layout(), catalog);
                tenants(around.layout(), catalog);
            }
        } catch (IOException e) {
            throw Damage.in(around.layout().root(), "cannot be recovered", e);
        }
        return catalog;
    }

    private static void sharedCollections(Layout layout, Catalog catalog) throws IOException {
        List<Path> found = Layout.list(layout.sharedCollections());
        if (found.isEmpty()) {
            return;
        }
        Set<Path> wanted = new HashSet<>();
        catalog.forEach(tenant -> {
            for (CollectionEntry entry : tenant.collections()) {
                if (entry.isolation() == IsolationMode.COLLECTION) {
                    wanted.add(layout.sharedCollection(entry.record().collection()));
                }
            }
        });
        for (Path directory : found) {
            if (!wanted.contains(directory)) {
                Layout.erase(directory);
            }
        }
    }

    /** Those being erased, and those made after the last checkpoint: the log makes them again. */
    private static void tenants(Layout layout, Catalog catalog) throws IOException {
        for (Path directory : Layout.list(layout.tenants())) {
            UUID id = tenantOf(directory);
            if (Layout.isErased(directory) || (id != null && !catalog.has(id))) {
                Layout.erase(directory);
            }
        }
    }

    private static @Nullable UUID tenantOf(Path directory) {
        String name = Layout.name(directory);
        if (!name.startsWith(Layout.TENANT_PREFIX)) {
            return null;
        }
        try {
            UUID id = UUID.fromString(name.substring(Layout.TENANT_PREFIX.length()));
            return name.equals(Layout.TENANT_PREFIX + id) ? id : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
