package dev.vectorhub.engine.wire;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A file that is no sound backup; the message names it. */
public final class BackupException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    public BackupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
