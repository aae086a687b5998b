package dev.vectorhub.collection;

import dev.vectorhub.problem.ProblemException;

/** Which names a collection may have: Qdrant's rule. */
final class CollectionNames {
    private static final int CHARS_MAX = 255;
    // Qdrant's INVALID_CHARS (storage, content_manager): what some file system forbids in a file's name.
    private static final String FORBIDDEN = "<>:\"/\\|?*\0\u001F";

    private CollectionNames() {}

    /** @throws ProblemException {@code validation-failed} for the field {@code collection_name} */
    static void check(String name) {
        if (name.isEmpty() || name.codePointCount(0, name.length()) > CHARS_MAX) {
            throw invalid("must have 1 to " + CHARS_MAX + " characters");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (FORBIDDEN.indexOf(c) >= 0) {
                throw invalid("cannot contain " + shown(c));
            }
        }
    }

    /** Whether a collection or an alias could be called that; a database cannot even be asked for some texts. */
    static boolean possible(String name) {
        return name.indexOf('\0') < 0;
    }

    private static String shown(char c) {
        return c < ' ' ? String.format("the character U+%04X", (int) c) : "'" + c + "'";
    }

    private static ProblemException invalid(String message) {
        return ProblemException.validation("collection_name", message);
    }
}
