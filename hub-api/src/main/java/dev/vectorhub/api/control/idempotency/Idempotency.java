package dev.vectorhub.api.control.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vectorhub.api.control.Caller;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.Scoped;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header): the first request with a key runs and its success
 * is kept for {@link #KEPT}; a repeated one gets the same answer, and one with another body under the same key is refused.
 * A request that failed leaves nothing, so it may be tried again with its key.
 *
 * <p>A first request whose process died is taken over after {@link #RUNNING_MAX}: what it had done by then may be done
 * again. Until then a repeated request gets {@code conflict}.
 */
@ApplicationScoped
public class Idempotency {

    /** The request header. */
    public static final String HEADER = "Idempotency-Key";

    static final Duration KEPT = Duration.ofHours(24);
    static final Duration RUNNING_MAX = Duration.ofMinutes(2);
    private static final int KEY_CHARS_MAX = 255;

    private final Scoped scoped;
    private final AnswerCipher cipher;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    Idempotency(Scoped scoped, AnswerCipher cipher, ObjectMapper json, Clock clock) {
        this.scoped = scoped;
        this.cipher = cipher;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Answers 201 with what {@code create} makes, or with what it made before.
     *
     * @param key the header's value; null runs without any of this
     * @param operation part of what the key names
     * @param input the request's body and path parameters as a JSON-ready value
     */
    public Response created(
            Caller caller, @Nullable String key, String operation, Object input, Supplier<Object> create) {
        if (key == null) {
            return answer(write(create.get()));
        }
        if (key.isBlank() || key.length() > KEY_CHARS_MAX) {
            throw ProblemException.validation(HEADER, "must have 1 to " + KEY_CHARS_MAX + " characters");
        }
        Actor actor = caller.actor();
        String name = actor.kind() + ":" + actor.id();
        byte[] keyHash = sha256(key);
        byte[] requestHash = sha256(operation + "\n" + write(input));
        Optional<byte[]> kept = begin(name, key, keyHash, requestHash);
        if (kept.isPresent()) {
            return answer(new String(kept.get(), StandardCharsets.UTF_8));
        }
        boolean done = false;
        try {
            String body = write(create.get());
            complete(name, keyHash, cipher.seal(name, key, body.getBytes(StandardCharsets.UTF_8)));
            done = true;
            return answer(body);
        } finally {
            if (!done) {
                forget(name, keyHash);
            }
        }
    }

    /** Removes what is older than {@link #KEPT}. Returns the rows removed. */
    public int sweep() {
        return scoped.asSystem(tx -> tx.update(
                "delete from idempotency_record where created_at < ?",
                clock.instant().minus(KEPT)));
    }

    /** Claims the key, or finds the answer that was given under it. */
    private Optional<byte[]> begin(String caller, String key, byte[] keyHash, byte[] requestHash) {
        Instant now = clock.instant();
        return scoped.asSystem(tx -> {
            int inserted = tx.update("""
                    insert into idempotency_record (caller, key_hash, request_hash, created_at) values (?, ?, ?, ?)
                    on conflict (caller, key_hash) do update
                        set request_hash = excluded.request_hash, created_at = excluded.created_at,
                            status = null, answer = null
                        where idempotency_record.created_at < ?
                            or (idempotency_record.status is null and idempotency_record.created_at < ?)
                    """, caller, keyHash, requestHash, now, now.minus(KEPT), now.minus(RUNNING_MAX));
            if (inserted == 1) {
                return Optional.empty();
            }
            byte[] sealed = tx.first(
                            row -> kept(row, requestHash),
                            "select request_hash, answer from idempotency_record where caller = ? and key_hash = ?",
                            caller,
                            keyHash)
                    .orElseThrow(() -> running());
            return Optional.of(cipher.open(caller, key, sealed));
        });
    }

    private static byte[] kept(ResultSet row, byte[] requestHash) throws SQLException {
        if (!Arrays.equals(row.getBytes("request_hash"), requestHash)) {
            throw ProblemException.validation(HEADER, "was used for another request");
        }
        byte[] sealed = row.getBytes("answer");
        if (sealed == null) {
            throw running();
        }
        return sealed;
    }

    private void complete(String caller, byte[] keyHash, byte[] sealed) {
        scoped.doAsSystem(tx -> tx.update(
                "update idempotency_record set status = 201, answer = ? where caller = ? and key_hash = ?",
                sealed,
                caller,
                keyHash));
    }

    private void forget(String caller, byte[] keyHash) {
        scoped.doAsSystem(tx -> tx.update(
                "delete from idempotency_record where caller = ? and key_hash = ? and status is null",
                caller,
                keyHash));
    }

    private static ProblemException running() {
        return new ProblemException(ProblemType.CONFLICT, "A request with this " + HEADER + " is still running");
    }

    private static Response answer(String body) {
        return Response.status(Response.Status.CREATED)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a body of ours has no JSON form", e);
        }
    }

    private static byte[] sha256(String text) {
        return AnswerCipher.digest().digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
