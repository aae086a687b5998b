package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.NamedVector;
import dev.vectorhub.engine.core.Pace;
import dev.vectorhub.engine.core.PayloadSelection;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorSelection;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.payload.PayloadProjection;
import dev.vectorhub.engine.core.point.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the selected payload and vectors of points of one view, and counts their bytes. */
final class Fetch {
    private static final byte[] NO_PAYLOAD = {};
    private final View view;
    private final PayloadProjection projection;
    private final VectorSelection selection;
    private final Part.@Nullable PayloadCursor[] cursors;
    private final Pace pace = Pace.current();
    private long bytesRead;

    Fetch(View view, PayloadSelection payload, VectorSelection vectors) {
        this.view = view;
        this.projection = new PayloadProjection(payload);
        this.selection = vectors;
        this.cursors = new Part.PayloadCursor[view.parts().size()];
    }

    long bytesRead() {
        return bytesRead;
    }

    byte[] payload(int p, int ordinal) {
        if (!projection.enabled()) {
            return NO_PAYLOAD;
        }
        pace.step(1);
        Part.PayloadCursor cursor = cursors[p];
        if (cursor == null) {
            cursor = view.parts().get(p).part().payloads();
            cursors[p] = cursor;
        }
        byte[] payload = cursor.payload(ordinal);
        bytesRead += payload.length;
        return projection.apply(payload);
    }

    List<NamedVector> vectors(int p, int ordinal) {
        if (!selection.enabled()) {
            return List.of();
        }
        pace.step(1);
        Part part = view.parts().get(p).part();
        List<VectorConfig> configs = view.config().vectors();
        List<NamedVector> vectors = new ArrayList<>(configs.size());
        for (int v = 0; v < configs.size(); v++) {
            VectorConfig config = configs.get(v);
            if (!config.isRemoved() && selection.selects(config.name()) && part.has(v, ordinal)) {
                VectorValue vector = StoredVectors.read(config, part, v, ordinal);
                vectors.add(new NamedVector(config.name(), vector));
                bytesRead += vector.logicalBytes(config.datatype());
            }
        }
        return vectors;
    }

    PointRecord point(View.Place place) {
        Part part = view.parts().get(place.part()).part();
        return new PointRecord(
                part.id(place.ordinal()),
                vectors(place.part(), place.ordinal()),
                payload(place.part(), place.ordinal()));
    }
}
