package dev.vectorhub.api.startup;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells known configuration keys ({@link ConfigKeys}) from mistakes. A key below one of the guide's roots that is not known
 * stops the start: a limit that is misspelt must not silently be no limit.
 */
final class GuideKeys {

    private static final List<String> KEYS = Stream.concat(ConfigKeys.GUIDE.stream(), ConfigKeys.OURS.stream())
            .map(ConfigKey::name)
            .toList();

    /** What tests hand to their own helpers. */
    private static final String TESTS = "hub.test.";

    private static final Set<String> ROOTS =
            KEYS.stream().map(key -> key.substring(0, key.indexOf('.'))).collect(Collectors.toUnmodifiableSet());

    private static final List<Pattern> PATTERNS =
            KEYS.stream().map(GuideKeys::pattern).toList();

    private GuideKeys() {}

    /** The sentence that names the key, or empty where the key is known or none of the guide's. */
    static Optional<String> complaint(String key) {
        int dot = key.indexOf('.');
        String root = dot < 0 ? key : key.substring(0, dot);
        int bracket = root.indexOf('[');
        if (!ROOTS.contains(bracket < 0 ? root : root.substring(0, bracket))) {
            return Optional.empty();
        }
        if (key.startsWith(TESTS)) {
            return Optional.empty();
        }
        for (Pattern pattern : PATTERNS) {
            if (pattern.matcher(key).matches()) {
                return Optional.empty();
            }
        }
        return Optional.of("unknown key '" + key + "'" + nearest(key));
    }

    private static String nearest(String key) {
        String best = "";
        int bestDistance = 4;
        for (String known : KEYS) {
            int distance = distance(key, known);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = known;
            }
        }
        return best.isEmpty() ? "" : "; did you mean '" + best + "'?";
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private static Pattern pattern(String key) {
        String[] parts = key.split("\\*", -1);
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                regex.append(parts[i - 1].endsWith("[") ? "\\d+" : "(\"[^\"]+\"|[^.]+)");
            }
            regex.append(Pattern.quote(parts[i]));
        }
        return Pattern.compile(regex.toString());
    }
}
