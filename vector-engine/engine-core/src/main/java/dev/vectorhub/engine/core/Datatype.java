package dev.vectorhub.engine.core;

/** How a component is stored. */
public enum Datatype {
    FLOAT32,
    FLOAT16,
    UINT8
}
