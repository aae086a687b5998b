package dev.vectorhub.snapshot;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Names of snapshots, which are names of files too: letters, digits, dots, dashes and underscores. */
final class SnapshotNames {
    static final String SUFFIX = ".snapshot";

    private static final int COLLECTION_CHARS_MAX = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,190}\\.snapshot");
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss-SSS");

    private SnapshotNames() {}

    /** Whether a snapshot can have the name. Any other is one that does not exist. */
    static boolean valid(String name) {
        return NAME.matcher(name).matches();
    }

    /** A new name, in the form of Qdrant's: collection, a number that tells namesakes apart, the time. */
    static String next(String collection, long number, Instant now) {
        String start = UNSAFE.matcher(collection).replaceAll("_");
        // A name that begins with a dot or a dash would be hidden, or taken for an option.
        return "c-".repeat(start.startsWith(".") || start.startsWith("-") ? 1 : 0)
                + start.substring(0, Math.min(COLLECTION_CHARS_MAX, start.length()))
                + "-" + Long.toUnsignedString(number) + "-"
                + TIME.format(now.atOffset(ZoneOffset.UTC)) + SUFFIX;
    }
}
