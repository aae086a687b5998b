package dev.vectorhub.api.qdrant.reply;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.qdrant.WriteOutcome;
import dev.vectorhub.api.qdrant.json.BodyLimits;
import dev.vectorhub.inference.TextEmbedder;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** An answer of the tenant API, ready to send: Qdrant's envelope around a result. */
public final class Reply {

    private static final SerializedString RESULT = new SerializedString("result");
    private static final SerializedString STATUS = new SerializedString("status");
    private static final SerializedString OK = new SerializedString("ok");
    private static final SerializedString ACCEPTED = new SerializedString("accepted");
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
    private final @Nullable Rest rest;

    private Reply(ReplyBuffer bytes, @Nullable Rest rest) {
        this.bytes = bytes;
        this.rest = rest;
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
            end(out, call, used);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return new Reply(buffer, null);
    }

    /** Writes a JSON value piece by piece. */
    public interface Pieces {

        /** Writes the next piece; false if that was the last. */
        boolean next(JsonGenerator out) throws IOException;

        /** What all pieces used, once the last is written. */
        Hardware used();
    }

    /**
     * An answer that is never there as a whole: each piece is made when the one before has gone out. What goes wrong with the first
     * is thrown here; later the answer can only be cut off.
     *
     * @param pieceBytesMax beyond which a piece is refused
     */
    public static Reply streamed(TenantCall call, long pieceBytesMax, Pieces pieces) {
        ReplyBuffer buffer = new ReplyBuffer(pieceBytesMax);
        try {
            Rest rest = new Rest(call, BodyLimits.FACTORY.createGenerator(buffer), pieces);
            rest.out.writeStartObject();
            rest.out.writeFieldName(RESULT);
            rest.step();
            return new Reply(buffer, rest);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
    }

    /** What of a streamed answer is still to be written. */
    private static final class Rest {
        private final TenantCall call;
        private final JsonGenerator out;
        private final Pieces pieces;
        private boolean ended;

        Rest(TenantCall call, JsonGenerator out, Pieces pieces) {
            this.call = call;
            this.out = out;
            this.pieces = pieces;
        }

        void step() throws IOException {
            if (!pieces.next(out)) {
                end(out, call, pieces.used());
                ended = true;
            }
            out.flush();
        }
    }

    /** Whether {@link #more} may bring more than {@link #toByteArray} has. */
    boolean isStreamed() {
        return rest != null && !rest.ended;
    }

    /** Makes the next piece in place of the one before. */
    void more() {
        Rest more = rest;
        if (more != null) {
            bytes.reset();
            try {
                more.step();
            } catch (IOException e) {
                throw new UncheckedIOException("writing to memory cannot fail", e);
            }
        }
    }

    private static void end(JsonGenerator out, TenantCall call, Hardware used) throws IOException {
        out.writeFieldName(STATUS);
        out.writeString(OK);
        out.writeFieldName(TIME);
        out.writeNumber(call.arrival().elapsedSeconds());
        usage(out, call, used);
        out.writeEndObject();
    }

    /** The answer to work that has been taken on and goes on by itself; without a result. */
    public static Reply accepted(TenantCall call) {
        ReplyBuffer buffer = new ReplyBuffer(Long.MAX_VALUE);
        try (JsonGenerator out = BodyLimits.FACTORY.createGenerator(buffer)) {
            out.writeStartObject();
            out.writeFieldName(STATUS);
            out.writeString(ACCEPTED);
            out.writeFieldName(TIME);
            out.writeNumber(call.arrival().elapsedSeconds());
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return new Reply(buffer, null);
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

    /** The answer's bytes, or those of the piece that stands. */
    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
