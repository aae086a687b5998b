package dev.vectorhub.api.qdrant;

import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query parameters that operations share, checked as Qdrant checks them. */
public final class QueryParams {

    private static final Set<String> ORDERINGS = Set.of("weak", "medium", "strong");
    private static final Set<String> CONSISTENCIES = Set.of("majority", "quorum", "all");

    /** What a write waits for at most where it names no timeout. */
    private static final Duration WAIT_DEFAULT = Duration.ofSeconds(60);

    private static final long TIMEOUT_SECONDS_MAX = 3_600;

    private QueryParams() {}

    /**
     * How a write is answered.
     *
     * @param waits until it is on stable storage and applied; else until it is queued
     * @param patience how long to wait
     */
    public record Write(boolean waits, Duration patience) {}

    /**
     * Reads the parameters of a write.
     *
     * @param ordering checked only: the log orders all writes of a tenant, which is the strongest of the three
     * @throws TenantApiException 400 or 422
     */
    public static Write write(@Nullable String wait, @Nullable String ordering, @Nullable String timeout) {
        boolean waits = false;
        if (wait != null) {
            waits = switch (wait) {
                case "true" -> true;
                case "false" -> false;
                default -> throw malformed("wait", "provided string was not `true` or `false`");
            };
        }
        if (ordering != null && !ORDERINGS.contains(ordering)) {
            throw malformed(
                    "ordering",
                    "unknown variant `" + BodyErrors.shown(ordering) + "`, expected one of `weak`, `medium`, `strong`");
        }
        return new Write(waits, timeout(timeout));
    }

    /**
     * The same for a transport that has types for them.
     *
     * @param timeoutSeconds unsigned; 0 for the default
     */
    public static Write write(boolean waits, long timeoutSeconds) {
        return new Write(
                waits,
                timeoutSeconds == 0
                        ? WAIT_DEFAULT
                        : Duration.ofSeconds(
                                Long.compareUnsigned(timeoutSeconds, TIMEOUT_SECONDS_MAX) > 0
                                        ? TIMEOUT_SECONDS_MAX
                                        : timeoutSeconds));
    }

    /**
     * Checks the parameters of a read. Reads see every write that was answered with {@code wait=true}, which is the
     * strongest of the consistencies; they take as long as they take.
     *
     * @throws TenantApiException 400 or 422
     */
    public static void read(@Nullable String consistency, @Nullable String timeout) {
        if (consistency != null && !CONSISTENCIES.contains(consistency)) {
            long factor = number("consistency", consistency);
            if (factor < 1) {
                throw invalid("consistency", consistency, "must be 1 or larger");
            }
        }
        timeout(timeout);
    }

    /**
     * How long to wait.
     *
     * @throws TenantApiException 400 or 422
     */
    public static Duration timeout(@Nullable String timeout) {
        if (timeout == null) {
            return WAIT_DEFAULT;
        }
        long seconds = number("timeout", timeout);
        if (seconds < 1) {
            throw invalid("timeout", timeout, "must be 1 or larger");
        }
        return Duration.ofSeconds(Math.min(seconds, TIMEOUT_SECONDS_MAX));
    }

    private static long number(String name, String value) {
        try {
            long number = Long.parseLong(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw malformed(name, "invalid digit found in `" + BodyErrors.shown(value) + "`");
        }
        throw malformed(name, "invalid digit found in `" + BodyErrors.shown(value) + "`");
    }

    private static TenantApiException malformed(String name, String message) {
        return new TenantApiException(400, "Deserialize error in query parameters: " + name + ": " + message);
    }

    private static TenantApiException invalid(String name, String value, String message) {
        return new TenantApiException(
                422,
                "Validation error in query parameters: [" + name + ": value " + BodyErrors.shown(value) + " invalid, "
                        + message + "]");
    }
}
