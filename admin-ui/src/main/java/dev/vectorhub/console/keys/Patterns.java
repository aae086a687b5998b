package dev.vectorhub.console.keys;

import java.util.ArrayList;
import java.util.List;

/** Collection patterns as a person writes them in one line. */
public final class Patterns {
    private Patterns() {}

    /** Splits at commas and white space; blank means all collections, as does a lone {@code *}. */
    public static List<String> parse(String line) {
        List<String> patterns = new ArrayList<>();
        for (String part : line.split("[,\\s]+", -1)) {
            if (!part.isEmpty()) {
                patterns.add(part);
            }
        }
        return patterns.equals(List.of("*")) ? List.of() : patterns;
    }
}
