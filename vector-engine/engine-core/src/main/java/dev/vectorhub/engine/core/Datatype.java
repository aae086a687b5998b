package dev.vectorhub.engine.core;

/** How a component is stored. */
public enum Datatype {
    /** IEEE binary32. */
    FLOAT32(4),
    /** IEEE binary16. */
    FLOAT16(2),
    /** A whole number from 0 to 255. */
    UINT8(1);

    private final int bytes;

    Datatype(int bytes) {
        this.bytes = bytes;
    }

    /** Of a component. */
    public int bytes() {
        return bytes;
    }
}
