package dev.vectorhub.engine.core;

import java.util.List;

/**
 * How much of a payload is answered.
 *
 * @param enabled false: none of it
 * @param include paths to keep; empty means all
 * @param exclude paths to leave out
 */
public record PayloadSelection(boolean enabled, List<String> include, List<String> exclude) {
    public static final PayloadSelection NONE = new PayloadSelection(false, List.of(), List.of());
    public static final PayloadSelection ALL = new PayloadSelection(true, List.of(), List.of());

    public PayloadSelection {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }
}
