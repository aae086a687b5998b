package dev.vectorhub.api.control;

import dev.vectorhub.problem.ProblemException;
import java.util.UUID;

/** Ids in paths. What is no id at all is the same 404 as an unknown one. */
public final class PathIds {

    private static final int SHOWN_CHARS_MAX = 64;

    private PathIds() {}

    public static UUID uuid(String kind, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound(
                    kind, text.length() > SHOWN_CHARS_MAX ? text.substring(0, SHOWN_CHARS_MAX) : text);
        }
    }
}
