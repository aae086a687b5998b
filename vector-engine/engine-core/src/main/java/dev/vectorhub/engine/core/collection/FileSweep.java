package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.segment.FieldsBlob;
import dev.vectorhub.engine.core.segment.GraphBlob;
import dev.vectorhub.engine.core.storage.BlobRef;
import dev.vectorhub.engine.core.storage.CollectionRecord;
import dev.vectorhub.engine.core.storage.CollectionRecord.GraphRecord;
import dev.vectorhub.engine.core.storage.CollectionRecord.PartRecord;
import dev.vectorhub.engine.core.storage.Home;
import dev.vectorhub.engine.core.storage.Layout;
import dev.vectorhub.engine.core.storage.ManifestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Removes a collection's files that neither its durable record nor its view refers to. */
public final class FileSweep {
    private FileSweep() {}

    /** Files that the live view refers to, besides those of the durable record. */
    public static Set<Long> viewFiles(LiveCollection collection) {
        Set<Long> files = new HashSet<>();
        View view = collection.peek();
        if (view != null) {
            for (LivePart part : view.parts()) {
                BlobRef blob = part.blob();
                if (blob != null) {
                    files.add(blob.file());
                }
                for (GraphBlob graph : part.graphs()) {
                    files.add(graph.ref().file());
                }
                FieldsBlob fields = part.fields();
                if (fields != null) {
                    files.add(fields.ref().file());
                }
            }
        }
        return files;
    }

    static Set<Long> recordFiles(CollectionRecord record) {
        Set<Long> files = new HashSet<>();
        for (PartRecord part : record.parts()) {
            files.add(part.segment().file());
            for (GraphRecord graph : part.graphs()) {
                files.add(graph.blob().file());
            }
            BlobRef fields = part.fields();
            if (fields != null) {
                files.add(fields.file());
            }
        }
        return files;
    }

    /**
     * For a collection with files of its own, while no checkpoint is being written. The order of the looks matters: a file that is just finished is in
     * the view.
     */
    public static void sweep(LiveCollection collection) throws IOException {
        if (!collection.isDurable()) {
            // what lies there may be another's of its id, which the last checkpoint has
            return;
        }
        List<Path> present = new ArrayList<>();
        for (Path directory : collection.home().directories()) {
            if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                present.addAll(Layout.list(directory));
            }
        }
        Set<Long> wanted = new HashSet<>(collection.files().filling());
        wanted.addAll(viewFiles(collection));
        wanted.addAll(recordFiles(collection.durableRecord()));
        for (Path path : present) {
            Long number = ManifestFile.number(path, Home.SEGMENT);
            number = number == null ? ManifestFile.number(path, Home.GRAPH) : number;
            number = number == null ? ManifestFile.number(path, Home.FIELDS) : number;
            // one that is dropped may have been made anew in the same place
            if (number != null && !wanted.contains(number) && !collection.isDropped()) {
                Files.deleteIfExists(path);
            }
        }
        ManifestFile.keepOnly(
                collection.home().segments(),
                Layout.MANIFEST,
                collection.durable().manifest());
    }
}
