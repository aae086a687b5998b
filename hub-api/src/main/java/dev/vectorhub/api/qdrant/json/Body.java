package dev.vectorhub.api.qdrant.json;

/** A request's body, whole. Its size is bounded by {@code hub.api.max-body-size}. */
public final class Body {
    private final byte[] bytes;

    Body(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes themselves, not a copy. */
    public byte[] bytes() {
        return bytes;
    }
}
