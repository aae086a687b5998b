package dev.vectorhub.engine.core;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A command or read that the store refused; a refused command has changed nothing. */
public final class StoreException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Why; the names are the wire's rejection codes. */
    public enum Code {
        INTERNAL,
        NOT_FOUND,
        ALREADY_EXISTS,
        INVALID_ARGUMENT,
        POINT_CEILING,
        BYTE_CEILING,
        STALE_GENERATION,
        STORAGE_FULL,
        UNAVAILABLE,
        CANCELLED
    }

    private final Code code;
    private final long limit;
    private final long used;
    private final long requested;

    public StoreException(Code code, String message) {
        this(code, message, 0, 0, 0);
    }

    public StoreException(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.limit = 0;
        this.used = 0;
        this.requested = 0;
    }

    public StoreException(Code code, String message, long limit, long used, long requested) {
        super(message);
        this.code = code;
        this.limit = limit;
        this.used = used;
        this.requested = requested;
    }

    public static StoreException invalid(String message) {
        return new StoreException(Code.INVALID_ARGUMENT, message);
    }

    public static StoreException notFound(String message) {
        return new StoreException(Code.NOT_FOUND, message);
    }

    public Code code() {
        return code;
    }

    /** The ceiling that was hit; 0 without one. */
    public long limit() {
        return limit;
    }

    /** What was used of it before the command. */
    public long used() {
        return used;
    }

    /** What the command would have added. */
    public long requested() {
        return requested;
    }
}
