package dev.vectorhub.plan;

import dev.vectorhub.problem.FieldError;
import dev.vectorhub.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/**
 * The guide's four limits, and one of the texts that the hub embeds. Each is at least 1: zero means "no ceiling" to the
 * engine and must not be reached by accident.
 *
 * @param maxInferenceTokensPerMinute tokens of texts that are embedded
 */
public record Limits(
        long maxCollections,
        long maxVectorsPerCollection,
        long maxStorageBytes,
        long maxRequestsPerMinute,
        long maxInferenceTokensPerMinute) {
    /** Where nobody says otherwise: some ten seconds of one core. */
    public static final long INFERENCE_TOKENS_PER_MINUTE = 200_000;

    /** Far above any real plan, and small enough that sums of limits never overflow. */
    public static final long MAX = 1L << 50;

    /** The guide's four; texts as {@link #INFERENCE_TOKENS_PER_MINUTE} says. */
    public Limits(long maxCollections, long maxVectorsPerCollection, long maxStorageBytes, long maxRequestsPerMinute) {
        this(
                maxCollections,
                maxVectorsPerCollection,
                maxStorageBytes,
                maxRequestsPerMinute,
                INFERENCE_TOKENS_PER_MINUTE);
    }

    public Limits {
        List<FieldError> errors = new ArrayList<>();
        check(errors, "maxCollections", maxCollections);
        check(errors, "maxVectorsPerCollection", maxVectorsPerCollection);
        check(errors, "maxStorageBytes", maxStorageBytes);
        check(errors, "maxRequestsPerMinute", maxRequestsPerMinute);
        check(errors, "maxInferenceTokensPerMinute", maxInferenceTokensPerMinute);
        if (!errors.isEmpty()) {
            throw ProblemException.validation(errors);
        }
    }

    private static void check(List<FieldError> errors, String field, long value) {
        if (value < 1 || value > MAX) {
            errors.add(new FieldError(field, "must be between 1 and " + MAX + ", not " + value));
        }
    }
}
