package dev.vectorhub.console.backups;

import dev.vectorhub.backup.Backup;
import dev.vectorhub.backup.Restoration;
import dev.vectorhub.console.part.Badge;

/** States of backups and restores in the words of the console. */
public final class BackupWords {
    private BackupWords() {}

    public static Badge badge(Backup.State state) {
        return switch (state) {
            case REQUESTED -> new Badge("Waiting", Badge.Tone.BUSY);
            case WRITING -> new Badge("Being written", Badge.Tone.BUSY);
            case READY -> new Badge("Ready", Badge.Tone.GOOD);
            case FAILED -> new Badge("Failed", Badge.Tone.BAD);
            case DELETING -> new Badge("Being deleted", Badge.Tone.QUIET);
        };
    }

    public static Badge badge(Restoration.State state) {
        return switch (state) {
            case REQUESTED -> new Badge("Waiting", Badge.Tone.BUSY);
            case WRITING -> new Badge("Being restored", Badge.Tone.BUSY);
            case DONE -> new Badge("Restored", Badge.Tone.GOOD);
            case FAILED -> new Badge("Failed", Badge.Tone.BAD);
        };
    }

    /** Whether it changes by itself: another look is worth it. */
    public static boolean isOpen(Backup.State state) {
        return state != Backup.State.READY && state != Backup.State.FAILED;
    }

    public static boolean isOpen(Restoration.State state) {
        return state == Restoration.State.REQUESTED || state == Restoration.State.WRITING;
    }
}
