package dev.vectorhub.api.control;

import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Versions of rows as strong entity tags (RFC 9110 §8.8.3): {@code "7"}. */
public final class ETags {

    private ETags() {}

    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * The version that {@code If-Match} names; null where the header is absent or {@code *}.
     *
     * @throws ProblemException {@code precondition-failed} for a tag that no version of ours has
     */
    public static @Nullable Long version(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        String tag = ifMatch.strip();
        if (tag.length() >= 3 && tag.startsWith("\"") && tag.endsWith("\"")) {
            try {
                return Long.valueOf(tag.substring(1, tag.length() - 1));
            } catch (NumberFormatException e) {
                throw mismatch(tag);
            }
        }
        throw mismatch(tag);
    }

    private static ProblemException mismatch(String tag) {
        return new ProblemException(ProblemType.PRECONDITION_FAILED, "If-Match " + bounded(tag) + " names no version");
    }

    private static String bounded(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
