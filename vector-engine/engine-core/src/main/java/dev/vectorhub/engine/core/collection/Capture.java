package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.storage.CollectionRecord;
import dev.vectorhub.engine.core.storage.CollectionRecord.PartRecord;
import dev.vectorhub.engine.core.storage.Home;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A collection's state at a log index, kept until its files are written.
 *
 * @param move if the checkpoint brings the collection to another home
 * @param view null if nothing but configuration changed: the parts are those of the durable record
 */
public record Capture(
        LiveCollection collection,
        @Nullable View view,
        CollectionConfig config,
        Map<String, FieldSpec> fields,
        long points,
        long logicalBytes,
        @Nullable Move move) {

    /** Where the state is to lie. */
    CollectionFiles files() {
        return move == null ? collection.files() : move.target();
    }

    /** Where its files are to lie. */
    public Home home() {
        return files().home();
    }

    /** @param parts what became of the view's parts */
    CollectionRecord record(List<PartRecord> parts) {
        return new CollectionRecord(
                collection.tenant(),
                collection.id(),
                config,
                fields,
                points,
                logicalBytes,
                files().nextFile(),
                collection.nextPart(),
                parts);
    }

    public void release() {
        if (view != null) {
            view.release();
        }
    }
}
