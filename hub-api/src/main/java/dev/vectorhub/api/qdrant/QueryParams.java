package dev.vectorhub.api.qdrant;

import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.engine.wire.Patience;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query parameters that operations share, checked as Qdrant checks them. */
public final class QueryParams {

    private static final Set<String> ORDERINGS = Set.of("weak", "medium", "strong");
    private static final Set<String> CONSISTENCIES = Set.of("majority", "quorum", "all");

    private static final Set<String> PRIORITIES = Set.of("no_sync", "snapshot", "replica");

    /** What a write waits for at most where it names no timeout. */
    private static final Duration WAIT_DEFAULT = Duration.ofSeconds(60);

    private static final long TIMEOUT_SECONDS_MAX = 3_600;

    private QueryParams() {}

    /**
     * How a write is answered.
     *
     * @param waits until it is on stable storage and applied; else until it is queued
     * @param patience how long to wait, for all that the request writes together
     * @param timeoutSeconds as the request names it; 0 where it names none
     */
    public record Write(boolean waits, Patience patience, long timeoutSeconds) {

        private static Write of(boolean waits, long seconds) {
            // A caller that goes away is waited for: what is written is accounted to it.
            return new Write(waits, Patience.of(QueryParams.patience(seconds).toSeconds(), () -> false), seconds);
        }
    }

    /**
     * Reads the parameters of a write.
     *
     * @param ordering checked only: the log orders all writes of a tenant, which is the strongest of the three
     * @throws TenantApiException 400 or 422
     */
    public static Write write(@Nullable String wait, @Nullable String ordering, @Nullable String timeout) {
        boolean waits = waits(wait, false);
        if (ordering != null && !ORDERINGS.contains(ordering)) {
            throw malformed(
                    "ordering",
                    "unknown variant `" + BodyErrors.shown(ordering) + "`, expected one of `weak`, `medium`, `strong`");
        }
        return Write.of(waits, seconds(timeout));
    }

    /**
     * Reads {@code wait} alone.
     *
     * @throws TenantApiException 400
     */
    public static boolean waits(@Nullable String wait, boolean otherwise) {
        return flag("wait", wait, otherwise);
    }

    /**
     * Reads a parameter that is true or false.
     *
     * @throws TenantApiException 400
     */
    public static boolean flag(String name, @Nullable String value, boolean otherwise) {
        return switch (value) {
            case null -> otherwise;
            case "true" -> true;
            case "false" -> false;
            default -> throw malformed(name, "provided string was not `true` or `false`");
        };
    }

    /**
     * Reads {@code details_level}; 0 unless given.
     *
     * @throws TenantApiException 400
     */
    public static long level(@Nullable String level) {
        return level == null ? 0 : number("details_level", level);
    }

    /**
     * Checks which copy a restored snapshot is to agree with: there is one.
     *
     * @throws TenantApiException 400
     */
    public static void priority(@Nullable String priority) {
        if (priority != null && !PRIORITIES.contains(priority)) {
            throw malformed(
                    "priority",
                    "unknown variant `" + BodyErrors.shown(priority)
                            + "`, expected one of `no_sync`, `snapshot`, `replica`");
        }
    }

    /**
     * The same for a transport that has types for them.
     *
     * @param timeoutSeconds unsigned; 0 for the default
     */
    public static Write write(boolean waits, long timeoutSeconds) {
        // Longer than anybody waits is as long as anybody does.
        return Write.of(waits, timeoutSeconds < 0 ? Long.MAX_VALUE : timeoutSeconds);
    }

    private static Duration patience(long seconds) {
        return seconds == 0 ? WAIT_DEFAULT : Duration.ofSeconds(Math.min(seconds, TIMEOUT_SECONDS_MAX));
    }

    /**
     * Checks the parameters of a read. Reads see every write that was answered with {@code wait=true}, which is the
     * strongest of the consistencies.
     *
     * @return seconds after which nobody waits for the answer; 0 where the request names none
     * @throws TenantApiException 400 or 422
     */
    public static long read(@Nullable String consistency, @Nullable String timeout) {
        if (consistency != null && !CONSISTENCIES.contains(consistency)) {
            long factor = number("consistency", consistency);
            if (factor < 1) {
                throw invalid("consistency", consistency, "must be 1 or larger");
            }
        }
        return seconds(timeout);
    }

    /**
     * How long to wait.
     *
     * @throws TenantApiException 400 or 422
     */
    public static Duration timeout(@Nullable String timeout) {
        return patience(seconds(timeout));
    }

    private static long seconds(@Nullable String timeout) {
        if (timeout == null) {
            return 0;
        }
        long seconds = number("timeout", timeout);
        if (seconds < 1) {
            throw invalid("timeout", timeout, "must be 1 or larger");
        }
        return seconds;
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
