package dev.vectorhub.api.qdrant;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * What became of a write: Qdrant's {@code UpdateResult}.
 *
 * @param status {@code acknowledged}, {@code completed} or {@code wait_timeout}
 * @param operationId the log index; negative where the write is not applied yet
 * @param pointsAffected points written or removed; 0 where that is not known yet
 */
public record WriteOutcome(String status, long operationId, long pointsAffected) {

    /** Of a change that has no place among the writes of points. */
    public static final WriteOutcome DONE = new WriteOutcome("completed", -1, 0);

    static final WriteOutcome ACKNOWLEDGED = new WriteOutcome("acknowledged", -1, 0);
    static final WriteOutcome WAIT_TIMEOUT = new WriteOutcome("wait_timeout", -1, 0);

    static WriteOutcome completed(long operationId, long pointsAffected) {
        return new WriteOutcome("completed", operationId, pointsAffected);
    }

    public void write(JsonGenerator out) throws IOException {
        out.writeStartObject();
        if (operationId >= 0) {
            out.writeNumberField("operation_id", operationId);
        }
        out.writeStringField("status", status);
        out.writeEndObject();
    }
}
