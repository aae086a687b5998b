package dev.vectorhub.engine.core.filter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.payload.FieldPath;
import dev.vectorhub.engine.core.payload.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows the values at given paths of a payload to listeners, in one pass over its tokens. The paths form a trie that is walked
 * along with them. The elements of an array at the end of a path are shown too, one level deep.
 */
final class PayloadWalk {
    /** Listens at one path. The parser stands on the value and has to stay there. */
    abstract static class Leaf {
        /** The value at the end of the path, an array included. */
        abstract void value(JsonToken token, JsonParser parser) throws IOException;

        /** An element of the array at the end of the path. */
        void element(JsonToken token, JsonParser parser) throws IOException {}

        /** The array at the end of the path has an element. */
        void nonEmptyArray() {}
    }

    private final Trie root = new Trie();

    void add(FieldPath path, Leaf leaf) {
        Trie at = root;
        for (FieldPath.Step step : path.steps()) {
            at = at.step(step);
        }
        at.leaves = Arrays.copyOf(at.leaves, at.leaves.length + 1);
        at.leaves[at.leaves.length - 1] = leaf;
    }

    /** @param payload an object that was checked when it was stored, or empty for none */
    void over(byte[] payload) {
        if (payload.length == 0) {
            return;
        }
        try (JsonParser parser = Json.parser(payload, 0, payload.length)) {
            parser.nextToken();
            walk(parser, List.of(root), List.of());
        } catch (IOException e) {
            throw new StoreException(StoreException.Code.INTERNAL, "stored payload is not readable", e);
        }
    }

    private static final class Trie {
        final Map<String, Trie> names = new HashMap<>();
        final Map<Integer, Trie> elements = new HashMap<>();

        @Nullable
        Trie each;

        Leaf[] leaves = {};

        Trie step(FieldPath.Step step) {
            return switch (step) {
                case FieldPath.Step.Name(String name) -> names.computeIfAbsent(name, n -> new Trie());
                case FieldPath.Step.Element(int index) -> elements.computeIfAbsent(index, i -> new Trie());
                case FieldPath.Step.Each() -> {
                    Trie next = each;
                    if (next == null) {
                        next = new Trie();
                        each = next;
                    }
                    yield next;
                }
            };
        }
    }

    /**
     * @param at the paths that lead to the current value
     * @param elementOf the paths that end in the array which the current value is an element of
     */
    private static void walk(JsonParser parser, List<Trie> at, List<Trie> elementOf) throws IOException {
        JsonToken token = parser.currentToken();
        for (Trie trie : elementOf) {
            for (Leaf leaf : trie.leaves) {
                leaf.element(token, parser);
            }
        }
        for (Trie trie : at) {
            for (Leaf leaf : trie.leaves) {
                leaf.value(token, parser);
            }
        }
        if (token == JsonToken.START_OBJECT) {
            walkObject(parser, at);
        } else if (token == JsonToken.START_ARRAY) {
            walkArray(parser, at);
        }
    }

    private static void walkObject(JsonParser parser, List<Trie> at) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            List<Trie> next = List.of();
            for (int i = 0; i < at.size(); i++) {
                next = with(next, at.get(i).names.get(name));
            }
            if (next.isEmpty()) {
                parser.skipChildren();
            } else {
                walk(parser, next, List.of());
            }
        }
    }

    private static void walkArray(JsonParser parser, List<Trie> at) throws IOException {
        List<Trie> ended = List.of();
        for (Trie trie : at) {
            ended = with(ended, trie.leaves.length > 0 ? trie : null);
        }
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == 0) {
                for (Trie trie : ended) {
                    for (Leaf leaf : trie.leaves) {
                        leaf.nonEmptyArray();
                    }
                }
            }
            List<Trie> next = List.of();
            for (Trie trie : at) {
                next = with(next, trie.each);
                next = with(next, trie.elements.get(i));
            }
            if (next.isEmpty() && ended.isEmpty()) {
                parser.skipChildren();
            } else {
                walk(parser, next, ended);
            }
        }
    }

    private static List<Trie> with(List<Trie> list, @Nullable Trie more) {
        if (more == null) {
            return list;
        }
        if (list.isEmpty()) {
            return List.of(more);
        }
        List<Trie> longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }
}
