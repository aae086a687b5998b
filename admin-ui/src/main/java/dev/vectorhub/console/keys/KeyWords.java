package dev.vectorhub.console.keys;

import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.apikey.KeyView;
import dev.vectorhub.console.part.Badge;
import java.time.Duration;
import java.time.Instant;

/** Keys in the words of the console. */
public final class KeyWords {
    /** From when on an expiry is worth a warning. */
    static final Duration EXPIRES_SOON = Duration.ofDays(7);

    private static final int TAIL = 8;

    private KeyWords() {}

    public static String of(KeyScope scope) {
        return switch (scope) {
            case READ -> "Read";
            case WRITE -> "Write";
            case MANAGE -> "Manage";
        };
    }

    /** What a scope permits, for whoever has to choose. */
    public static String explained(KeyScope scope) {
        return switch (scope) {
            case READ -> "Read: search and read points, collections and usage";
            case WRITE -> "Write: create collections, write and delete points";
            case MANAGE -> "Manage: back up, issue keys with no more rights than its own, revoke them";
        };
    }

    /**
     * A key's beginning, with its middle left out: {@code vhk_live_…D1PwNuN8}. The ids of keys made near to each other
     * begin alike, so their ends tell them apart.
     */
    public static String shortPrefix(String prefix) {
        int id = prefix.lastIndexOf('_') + 1;
        return prefix.length() - id <= 2 * TAIL
                ? prefix
                : prefix.substring(0, id) + "…" + prefix.substring(prefix.length() - TAIL);
    }

    public static Badge badge(KeyView key, Instant now) {
        if (key.revokedAt() != null) {
            return new Badge("Revoked", Badge.Tone.QUIET);
        }
        if (key.expiresAt() == null) {
            return new Badge("Active", Badge.Tone.GOOD);
        }
        if (!key.expiresAt().isAfter(now)) {
            return new Badge("Expired", Badge.Tone.QUIET);
        }
        return key.expiresAt().isBefore(now.plus(EXPIRES_SOON))
                ? new Badge("Expires soon", Badge.Tone.WARN)
                : new Badge("Active", Badge.Tone.GOOD);
    }
}
