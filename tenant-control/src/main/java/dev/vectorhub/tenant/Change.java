package dev.vectorhub.tenant;

import dev.vectorhub.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The circumstances of a change, for the audit and against lost updates.
 *
 * @param reason shown to whoever reads the audit; 1 to 1000 characters
 * @param ifVersion the version that the caller saw (If-Match); null changes whatever is there
 */
public record Change(Actor actor, String reason, @Nullable Long ifVersion) {
    private static final int REASON_CHARS_MAX = 1000;

    public Change {
        if (reason.isBlank() || reason.length() > REASON_CHARS_MAX) {
            throw ProblemException.validation("reason", "must have 1 to " + REASON_CHARS_MAX + " characters");
        }
    }

    public static Change by(Actor actor, String reason) {
        return new Change(actor, reason, null);
    }
}
