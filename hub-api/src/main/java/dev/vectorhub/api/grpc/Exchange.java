package dev.vectorhub.api.grpc;

import com.google.protobuf.MessageLite;
import dev.vectorhub.api.pipeline.Admission;
import dev.vectorhub.api.pipeline.ApiError;
import dev.vectorhub.api.pipeline.Arrival;
import dev.vectorhub.api.pipeline.RateLimitState;
import dev.vectorhub.api.pipeline.Recognition;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.tenant.TenantScope;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One unary call from its headers to its end. Its events come on the connection's thread, which nothing may block: whatever
 * may is handed to a worker. The message is asked for only when the caller is known.
 */
final class Exchange<Q, R extends MessageLite> extends ServerCall.Listener<Incoming<Q>> {

    private static final Metadata.Key<String> REQUEST_ID =
            Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> RATE_LIMIT =
            Metadata.Key.of("ratelimit", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> RATE_LIMIT_POLICY =
            Metadata.Key.of("ratelimit-policy", Metadata.ASCII_STRING_MARSHALLER);
    /** What HTTP servers say of a request whose caller went away. */
    private static final int CLIENT_CLOSED = 499;

    private final Front front;
    private final Method<Q, R> method;
    private final ServerCall<Incoming<Q>, R> call;
    private final Arrival arrival;
    private final WireBytes bytes;
    private @Nullable TenantScope scope;
    private @Nullable Incoming<Q> request;
    // By the worker before it closes the call, hence before the end is told.
    private volatile int status = CLIENT_CLOSED;

    Exchange(Front front, Method<Q, R> method, ServerCall<Incoming<Q>, R> call, Metadata headers) {
        this.front = front;
        this.method = method;
        this.call = call;
        this.arrival = front.accounts().open(headers.get(REQUEST_ID));
        arrival.at(method.endpoint());
        this.bytes = WireBytes.KEY.get();
    }

    void begin(@Nullable String key) {
        if (front.pipeline().recognisesAtOnce(key)) {
            recognise(key);
        } else {
            onWorker(() -> recognise(key));
        }
    }

    private void recognise(@Nullable String key) {
        try {
            switch (front.pipeline().recognise(key, arrival)) {
                case Recognition.Caller(TenantScope caller) -> {
                    scope = caller;
                    // One more than there may be, so that the end is seen with the first.
                    call.request(2);
                }
                case Recognition.Nobody(ProblemException problem) -> refuse(problem, null);
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    @Override
    public void onMessage(Incoming<Q> message) {
        if (request != null) {
            close(ApiError.of(TenantApiException.wrongInput("more than one message"), name(), arrival), headers(null));
            return;
        }
        request = message;
    }

    @Override
    public void onHalfClose() {
        onWorker(this::run);
    }

    @Override
    public void onComplete() {
        front.accounts().close(arrival, status, bytes.in(), bytes.out());
    }

    @Override
    public void onCancel() {
        front.accounts().close(arrival, status, bytes.in(), bytes.out());
    }

    private void run() {
        TenantScope caller = scope;
        Incoming<Q> incoming = request;
        if (caller == null || call.isCancelled()) {
            return;
        }
        front.accounts().taken(arrival);
        Q message = incoming == null ? null : incoming.message();
        if (message == null) {
            fail(TenantApiException.wrongInput(
                    incoming == null ? "no message" : "the bytes are no message of " + name() + "'s type"));
            return;
        }
        try {
            switch (front.pipeline()
                    .admit(caller, method.operation(), method.collection().apply(message), arrival)) {
                case Admission.Admitted(TenantCall admitted, RateLimitState limit) -> answer(admitted, message, limit);
                case Admission.Refused(ProblemException problem, RateLimitState limit) -> refuse(problem, limit);
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void answer(TenantCall admitted, Q message, @Nullable RateLimitState limit) {
        R answer;
        try {
            method.copies(message);
            admitted.within(method.timeoutSeconds(message));
            answer = method.handler().answer(admitted, message);
            if (answer.getSerializedSize() > front.answerBytesMax()) {
                throw TenantApiException.wrongInput("the answer would have more than " + front.answerBytesMax()
                        + " bytes; ask for fewer points, or without vectors");
            }
        } catch (RuntimeException | Error e) {
            close(ApiError.of(e, name(), arrival), headers(limit));
            return;
        }
        if (call.isCancelled()) {
            return;
        }
        status = 200;
        call.sendHeaders(headers(limit));
        call.sendMessage(answer);
        call.close(Status.OK, new Metadata());
    }

    private void refuse(ProblemException problem, @Nullable RateLimitState limit) {
        front.refusals().count(problem.type());
        close(ApiError.of(problem), headers(limit));
    }

    private void fail(Throwable e) {
        close(ApiError.of(e, name(), arrival), headers(null));
    }

    private void close(ApiError error, Metadata headers) {
        status = error.status();
        if (!call.isCancelled()) {
            Metadata trailers = Statuses.trailers(error);
            trailers.merge(headers);
            call.close(Statuses.status(error), trailers);
        }
    }

    private Metadata headers(@Nullable RateLimitState limit) {
        Metadata headers = new Metadata();
        headers.put(REQUEST_ID, arrival.requestId());
        if (limit != null) {
            headers.put(RATE_LIMIT_POLICY, limit.policy());
            headers.put(RATE_LIMIT, limit.state());
        }
        return headers;
    }

    private String name() {
        return method.descriptor().getFullMethodName();
    }

    private void onWorker(Runnable task) {
        try {
            front.workers().execute(task);
        } catch (RejectedExecutionException e) {
            fail(e);
        }
    }
}
