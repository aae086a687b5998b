package dev.vectorhub.engine.core.payload;

import dev.vectorhub.engine.core.StoreException;
import java.util.ArrayList;
import java.util.List;

/**
 * A path into a payload as Qdrant writes it: names parted by dots, {@code "quoted"} where a name holds a dot, bracket or
 * quote, each followed by any number of {@code []} (every element) and {@code [n]} (one element).
 */
public record FieldPath(List<Step> steps) {
    private static final int LENGTH_MAX = 1024;

    /** One step into a value. */
    public sealed interface Step {
        record Name(String name) implements Step {}

        record Element(int index) implements Step {}

        record Each() implements Step {}
    }

    private static final Step EACH = new Step.Each();

    public FieldPath {
        steps = List.copyOf(steps);
    }

    /**
     * Reads a path.
     *
     * @throws StoreException {@code INVALID_ARGUMENT}, naming the path
     */
    public static FieldPath parse(String path) {
        if (path.isEmpty() || path.length() > LENGTH_MAX) {
            throw StoreException.invalid("key: a path of 1 to " + LENGTH_MAX + " characters is wanted");
        }
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (true) {
            at = name(path, at, steps);
            while (at < path.length() && path.charAt(at) == '[') {
                at = brackets(path, at, steps);
            }
            if (at == path.length()) {
                return new FieldPath(steps);
            }
            if (path.charAt(at) != '.') {
                throw malformed(path);
            }
            at++;
        }
    }

    /** This path with every element at its end, unless it ends so. */
    public FieldPath each() {
        if (steps.getLast() instanceof Step.Each) {
            return this;
        }
        List<Step> longer = new ArrayList<>(steps);
        longer.add(EACH);
        return new FieldPath(longer);
    }

    /** This path from the object at another one. */
    public FieldPath within(List<Step> prefix) {
        if (prefix.isEmpty()) {
            return this;
        }
        List<Step> longer = new ArrayList<>(prefix);
        longer.addAll(steps);
        return new FieldPath(longer);
    }

    private static int name(String path, int start, List<Step> steps) {
        if (start < path.length() && path.charAt(start) == '"') {
            int end = path.indexOf('"', start + 1);
            if (end < 0) {
                throw malformed(path);
            }
            steps.add(new Step.Name(path.substring(start + 1, end)));
            return end + 1;
        }
        int end = start;
        while (end < path.length() && ".[]\"".indexOf(path.charAt(end)) < 0) {
            end++;
        }
        if (end == start) {
            throw malformed(path);
        }
        steps.add(new Step.Name(path.substring(start, end)));
        return end;
    }

    private static int brackets(String path, int start, List<Step> steps) {
        int end = path.indexOf(']', start);
        if (end < 0) {
            throw malformed(path);
        }
        String inside = path.substring(start + 1, end);
        if (inside.isEmpty()) {
            steps.add(EACH);
        } else if (inside.length() <= 9 && inside.chars().allMatch(c -> c >= '0' && c <= '9')) {
            steps.add(new Step.Element(Integer.parseInt(inside)));
        } else {
            throw malformed(path);
        }
        return end + 1;
    }

    private static StoreException malformed(String path) {
        return StoreException.invalid("key: malformed path '" + path + "'");
    }
}
