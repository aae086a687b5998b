package dev.vectorhub.engine.core.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.StoreException.Code;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** How trouble with a file is reported: always {@code UNAVAILABLE} (or {@code STORAGE_FULL}), always naming the file. */
public final class Damage {
    private Damage() {}

    /**
     * For a file that cannot be used as it stands.
     *
     * @param what completes "FILE …"
     */
    public static StoreException in(Path file, String what) {
        return new StoreException(Code.UNAVAILABLE, file + " " + what);
    }

    public static StoreException in(Path file, String what, Exception cause) {
        return new StoreException(Code.UNAVAILABLE, file + " " + told(file, what, cause), cause);
    }

    /** A tenant reads it as well: without names of classes. */
    private static String told(Path file, String what, Exception cause) {
        if (cause instanceof NoSuchFileException) {
            return "is missing";
        }
        String message = cause instanceof JsonProcessingException ? "it is not valid JSON" : cause.getMessage();
        return message == null || message.contains(file.toString()) ? what : what + ": " + message;
    }

    /** For writes; a full disk has a code of its own. */
    public static StoreException writing(Path file, IOException cause) {
        String message = String.valueOf(cause.getMessage());
        boolean full = message.contains("No space left") || message.contains("quota exceeded");
        return new StoreException(
                full ? Code.STORAGE_FULL : Code.UNAVAILABLE, file + " cannot be written: " + cause, cause);
    }
}
