package dev.vectorhub.placement;

import java.io.Serial;

/** A placement did not come true this time; the message is kept beside it and shown to operators. */
final class PlacementException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    PlacementException(String message) {
        super(message);
    }

    PlacementException(String message, Throwable cause) {
        super(message, cause);
    }
}
