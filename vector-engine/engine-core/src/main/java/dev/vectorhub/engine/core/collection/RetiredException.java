package dev.vectorhub.engine.core.collection;

import java.io.Serial;

/** The object of a collection was let go as idle between being found and being used: it has to be found anew. */
public final class RetiredException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    RetiredException() {
        super("closed as idle", null, false, false);
    }
}
