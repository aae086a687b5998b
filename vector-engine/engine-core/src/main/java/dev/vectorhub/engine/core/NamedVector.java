package dev.vectorhub.engine.core;

import java.util.Arrays;

/**
 * A dense vector of a point. Equality is by content.
 *
 * @param name empty for the unnamed vector
 * @param components finite; not copied, so not to be changed after it is handed over
 */
@SuppressWarnings("ArrayRecordComponent") // the hot path hands rows over without boxing or copying
public record NamedVector(String name, float[] components) {
    @Override
    public boolean equals(Object o) {
        return o instanceof NamedVector(String n, float[] c) && name.equals(n) && Arrays.equals(components, c);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(components);
    }

    @Override
    public String toString() {
        return "NamedVector[" + name + ", " + components.length + " components]";
    }
}
