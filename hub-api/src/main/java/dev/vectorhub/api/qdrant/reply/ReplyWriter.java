package dev.vectorhub.api.qdrant.reply;

import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Sends a {@link Reply}: in one piece, with its length unless the client has it compressed; or, if it is streamed, each piece when
 * the client has taken the one before. No worker waits for a slow client meanwhile.
 */
@Provider
public class ReplyWriter implements ServerMessageBodyWriter<Reply> {

    /** A body of one packet gains nothing, and most searches' answers are one. */
    private static final int COMPRESSED_MIN = 1_400;

    private static final Logger LOG = Logger.getLogger(ReplyWriter.class);

    private final ExecutorService workers;

    @Inject
    public ReplyWriter(ExecutorService workers) {
        this.workers = workers;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType media) {
        return type == Reply.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == Reply.class;
    }

    @Override
    public void writeResponse(Reply reply, Type generic, ServerRequestContext context) throws WebApplicationException {
        if (reply.isStreamed()) {
            context.serverResponse().setChunked(true);
            send(reply, context.serverResponse());
            return;
        }
        byte[] body = reply.toByteArray();
        if (body.length < COMPRESSED_MIN) {
            context.serverResponse().setResponseHeader(HttpHeaders.CONTENT_ENCODING, "identity");
        }
        context.serverResponse().end(body);
    }

    private void send(Reply reply, ServerHttpResponse response) {
        boolean last = !reply.isStreamed();
        response.write(reply.toByteArray())
                .whenCompleteAsync(
                        (sent, failure) -> {
                            if (failure == null && last) {
                                response.end();
                            } else if (failure == null) {
                                goOn(reply, response);
                            }
                        },
                        workers);
    }

    private void goOn(Reply reply, ServerHttpResponse response) {
        try {
            reply.more();
        } catch (RuntimeException e) {
            LOG.warnf("a streamed answer is cut off: %s", e);
            response.reset();
            return;
        }
        send(reply, response);
    }

    @Override
    public void writeTo(
            Reply reply,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        out.write(reply.toByteArray());
        while (reply.isStreamed()) {
            reply.more();
            out.write(reply.toByteArray());
        }
    }
}
