package dev.vectorhub.api.qdrant.reply;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.qdrant.WriteOutcome;
import dev.vectorhub.api.qdrant.json.BodyLimits;
import dev.vectorhub.inference.TextEmbedder;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An answer of the tenant API, ready to send: Qdrant's envelope around a result. */
public final class Reply {

    private static final SerializedString RESULT = new SerializedString("result");
    private static final SerializedString STATUS = new SerializedString("status");
    private static final SerializedString OK = new SerializedString("ok");
    private static final SerializedString TIME = new SerializedString("time");
    private static final SerializedString USAGE = new SerializedString("usage");
    private static final SerializedString HARDWARE = new SerializedString("hardware");
    private static final SerializedString CPU = new SerializedString("cpu");
    private static final SerializedString PAYLOAD_READ = new SerializedString("payload_io_read");
    private static final SerializedString PAYLOAD_WRITE = new SerializedString("payload_io_write");
    private static final SerializedString INDEX_READ = new SerializedString("payload_index_io_read");
    private static final SerializedString INDEX_WRITE = new SerializedString("payload_index_io_write");
    private static final SerializedString VECTOR_READ = new SerializedString("vector_io_read");
    private static final SerializedString VECTOR_WRITE = new SerializedString("vector_io_write");

    private final ReplyBuffer bytes;

    private Reply(ReplyBuffer bytes) {
        this.bytes = bytes;
    }

    /** Writes one JSON value. */
    public interface Result {
        void write(JsonGenerator out) throws IOException;
    }

    /**
     * Makes the whole answer.
     *
     * @param call for the time since the request arrived
     * @param bytesMax beyond which the answer is refused
     */
    public static Reply of(TenantCall call, Hardware used, long bytesMax, Result result) {
        ReplyBuffer buffer = new ReplyBuffer(bytesMax);
        try (JsonGenerator out = BodyLimits.FACTORY.createGenerator(buffer)) {
            out.writeStartObject();
            out.writeFieldName(RESULT);
            result.write(out);
            out.writeFieldName(STATUS);
            out.writeString(OK);
            out.writeFieldName(TIME);
            out.writeNumber(call.arrival().elapsedSeconds());
            usage(out, call, used);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return new Reply(buffer);
    }

    /** The answer to a write. */
    public static Reply written(TenantCall call, Answered<WriteOutcome> outcome, long bytesMax) {
        return of(call, outcome.used(), bytesMax, outcome.result()::write);
    }

    private static void usage(JsonGenerator out, TenantCall call, Hardware used) throws IOException {
        out.writeFieldName(USAGE);
        out.writeStartObject();
        out.writeFieldName(HARDWARE);
        out.writeStartObject();
        out.writeFieldName(CPU);
        out.writeNumber(used.cpu());
        out.writeFieldName(PAYLOAD_READ);
        out.writeNumber(used.payloadRead());
        out.writeFieldName(PAYLOAD_WRITE);
        out.writeNumber(used.payloadWritten());
        out.writeFieldName(INDEX_READ);
        out.writeNumber(0);
        out.writeFieldName(INDEX_WRITE);
        out.writeNumber(0);
        out.writeFieldName(VECTOR_READ);
        out.writeNumber(used.vectorRead());
        out.writeFieldName(VECTOR_WRITE);
        out.writeNumber(used.vectorWritten());
        out.writeEndObject();
        if (call.inferenceTokens() > 0) {
            out.writeObjectFieldStart("inference");
            out.writeObjectFieldStart("models");
            out.writeObjectFieldStart(TextEmbedder.MODEL);
            out.writeNumberField("tokens", call.inferenceTokens());
            out.writeEndObject();
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    /** The answer's bytes, sent once. */
    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
