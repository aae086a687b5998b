package dev.vectorhub.engine.core.filter;

import dev.vectorhub.engine.core.payload.FieldPath;
import dev.vectorhub.engine.core.payload.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows the values at given paths of a payload to listeners, in one pass over its bytes, which ends where nothing is left to be
 * found. The paths form a trie that is walked along with them. Names of an object do not repeat.
 */
final class PayloadScan {
    /** Listens at one path. */
    @FunctionalInterface
    interface Leaf {
        /** A value at the end of the path, an array included, begins at {@code at}. */
        void value(byte[] json, int at);
    }

    private static final Leaf[] NO_LEAVES = {};

    private final Builder building = new Builder();
    private @Nullable Node root;

    void add(FieldPath path, Leaf leaf) {
        Builder at = building;
        for (FieldPath.Step step : path.steps()) {
            at = at.step(step);
        }
        at.leaves.add(leaf);
        root = null;
    }

    /** @param at the brace of an object that was checked when it was stored */
    void over(byte[] json, int at) {
        Node top = root;
        if (top == null) {
            top = building.build();
            root = top;
        }
        object(top, json, at, true);
    }

    private static final class Builder {
        private final Map<String, Builder> names = new HashMap<>();
        private final Map<Integer, Builder> elements = new HashMap<>();
        private @Nullable Builder each;
        private final List<Leaf> leaves = new ArrayList<>();

        Builder step(FieldPath.Step step) {
            return switch (step) {
                case FieldPath.Step.Name(String name) -> names.computeIfAbsent(name, n -> new Builder());
                case FieldPath.Step.Element(int index) -> elements.computeIfAbsent(index, i -> new Builder());
                case FieldPath.Step.Each() -> {
                    Builder next = each;
                    if (next == null) {
                        next = new Builder();
                        each = next;
                    }
                    yield next;
                }
            };
        }

        Node build() {
            List<String> ordered = List.copyOf(names.keySet());
            Builder all = each;
            int[] places =
                    elements.keySet().stream().mapToInt(Integer::intValue).toArray();
            return new Node(
                    new ByteKeys(ordered),
                    ordered.stream().map(name -> built(names.get(name))).toArray(Node[]::new),
                    all == null ? null : all.build(),
                    places,
                    Arrays.stream(places).mapToObj(i -> built(elements.get(i))).toArray(Node[]::new),
                    leaves.toArray(NO_LEAVES));
        }

        private static Node built(@Nullable Builder builder) {
            return builder == null ? new Builder().build() : builder.build();
        }
    }

    /** A position in the trie. */
    @SuppressWarnings("ArrayRecordComponent") // read only, never compared
    private record Node(
            ByteKeys names, Node[] children, @Nullable Node each, int[] places, Node[] elements, Leaf[] leaves) {

        @Nullable
        Node child(byte[] json, int at, int end) {
            int found = names.find(json, at + 1, end);
            if (found == ByteKeys.NONE && JsonBytes.hasEscape(json, at, end)) {
                byte[] name = JsonBytes.text(json, at, end).getBytes(StandardCharsets.UTF_8);
                found = names.find(name, 0, name.length);
            }
            return found == ByteKeys.NONE ? null : children[found];
        }

        boolean entersArrays() {
            return each != null || places.length > 0;
        }
    }

    private static int visit(Node node, byte[] json, int at) {
        for (Leaf leaf : node.leaves) {
            leaf.value(json, at);
        }
        if (json[at] == '{' && node.children.length > 0) {
            return object(node, json, at, false);
        }
        if (json[at] == '[' && node.entersArrays()) {
            return array(node, json, at);
        }
        return JsonBytes.skip(json, at);
    }

    /** @param last nothing behind the object matters */
    private static int object(Node node, byte[] json, int at, boolean last) {
        int left = node.children.length;
        int i = JsonBytes.white(json, at + 1);
        while (json[i] != '}') {
            if (left == 0) {
                return last ? i : JsonBytes.close(json, i);
            }
            int end = JsonBytes.stringEnd(json, i);
            Node child = node.child(json, i, end);
            int value = JsonBytes.white(json, JsonBytes.white(json, end + 1) + 1);
            if (child == null) {
                i = JsonBytes.skip(json, value);
            } else {
                i = visit(child, json, value);
                left--;
            }
            i = next(json, i);
        }
        return i + 1;
    }

    private static int array(Node node, byte[] json, int at) {
        Node each = node.each;
        int i = JsonBytes.white(json, at + 1);
        for (int index = 0; json[i] != ']'; index++) {
            int end = -1;
            if (each != null) {
                end = visit(each, json, i);
            }
            for (int p = 0; p < node.places.length; p++) {
                if (node.places[p] == index) {
                    end = visit(node.elements[p], json, i);
                }
            }
            i = next(json, end < 0 ? JsonBytes.skip(json, i) : end);
        }
        return i + 1;
    }

    /** The next member or element, or the closing bracket, from behind a value on. */
    static int next(byte[] json, int at) {
        int i = JsonBytes.white(json, at);
        return json[i] == ',' ? JsonBytes.white(json, i + 1) : i;
    }
}
