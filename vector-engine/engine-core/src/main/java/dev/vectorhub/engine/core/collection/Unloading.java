package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.storage.CollectionRecord.PartRecord;
import java.util.List;
import java.util.Objects;

/** Whether a view can be let go and made again from what is durable. */
final class Unloading {
    private Unloading() {}

    static boolean isAsRecorded(Stored stored, View view) {
        List<PartRecord> recorded = stored.record().parts();
        if (recorded.size() != view.parts().size()) {
            return false;
        }
        for (int i = 0; i < recorded.size(); i++) {
            LivePart part = view.parts().get(i);
            if (!recorded.get(i).segment().equals(part.blob())
                    || !recorded.get(i).dead().equals(part.dead())
                    || recorded.get(i).graphs().size() != part.graphs().size()
                    || !Objects.equals(
                            recorded.get(i).fields(),
                            part.fields() == null ? null : part.fields().ref())) {
                return false;
            }
        }
        return true;
    }
}
