package dev.vectorhub.engine.core;

import java.util.List;

/**
 * Which vectors are answered.
 *
 * @param enabled false: none
 * @param names empty means all
 */
public record VectorSelection(boolean enabled, List<String> names) {
    public static final VectorSelection NONE = new VectorSelection(false, List.of());
    public static final VectorSelection ALL = new VectorSelection(true, List.of());

    public VectorSelection {
        names = List.copyOf(names);
    }

    public boolean selects(String name) {
        return enabled && (names.isEmpty() || names.contains(name));
    }
}
