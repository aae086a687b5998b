package dev.vectorhub.api.grpc.form;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.point.PointIdJson;
import io.qdrant.client.grpc.Common.PointId;
import java.io.IOException;
import java.util.List;

/** Point ids. */
public final class Ids {

    private Ids() {}

    static void write(JsonGenerator out, String field, PointId id) throws IOException {
        out.writeFieldName(field);
        write(out, id);
    }

    static void write(JsonGenerator out, PointId id) throws IOException {
        switch (id.getPointIdOptionsCase()) {
            case NUM -> Form.unsigned(out, id.getNum());
            case UUID -> out.writeString(id.getUuid());
            // Neither: refused by the reader as any other value that is no id.
            case POINTIDOPTIONS_NOT_SET -> out.writeNull();
        }
    }

    static void write(JsonGenerator out, String field, List<PointId> ids) throws IOException {
        out.writeArrayFieldStart(field);
        for (PointId id : ids) {
            write(out, id);
        }
        out.writeEndArray();
    }

    /**
     * For the engine.
     *
     * @param path names the field in the message of an error
     * @throws TenantApiException 400 where it is none
     */
    public static dev.vectorhub.engine.wire.v1.PointId engine(PointId id, String path) {
        if (id.hasNum()) {
            return dev.vectorhub.engine.wire.v1.PointId.newBuilder()
                    .setNum(id.getNum())
                    .build();
        }
        dev.vectorhub.engine.wire.v1.PointId uuid = PointIdJson.uuid(id.getUuid());
        if (uuid == null) {
            throw BodyErrors.format(
                    path,
                    "value " + BodyErrors.shown(id.getUuid())
                            + " is not a valid point ID, valid values are either an unsigned integer or a UUID");
        }
        return uuid;
    }

    /** For an answer. */
    public static PointId answer(dev.vectorhub.engine.wire.v1.PointId id) {
        return id.hasNum()
                ? PointId.newBuilder().setNum(id.getNum()).build()
                : PointId.newBuilder().setUuid(PointIdJson.text(id)).build();
    }
}
