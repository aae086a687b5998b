package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.storage.CollectionRecord;
import dev.vectorhub.engine.core.storage.CollectionRecord.PartRecord;

/** Reads what is stored of a collection and compares checksums; damage quarantines it. */
public final class FileCheck {
    private FileCheck() {}

    /** @return bytes read */
    public static long check(LiveCollection collection) {
        return collection.standing().isSound() ? check(collection, collection.stored()) : 0;
    }

    private static long check(LiveCollection collection, Stored stored) {
        CollectionRecord record = stored.entry().record();
        try {
            record = stored.record();
            long bytes = 0;
            for (PartRecord part : record.parts()) {
                collection.files().open(part, record.config().vectors()).release();
                bytes += part.diskBytes();
            }
            return bytes;
        } catch (StoreException e) {
            // unless a checkpoint has replaced the files meanwhile, hence the record, be it by an equal one
            @SuppressWarnings("ReferenceEquality")
            boolean current = stored.entry().record() == record;
            Standing standing = collection.standing();
            if (current && !standing.isDropped() && !standing.isClosed()) {
                standing.quarantine(e);
            }
            return 0;
        }
    }
}
