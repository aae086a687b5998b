package dev.vectorhub.engine.core.payload;

import dev.vectorhub.engine.core.payload.FieldPath.Step;
import dev.vectorhub.engine.core.payload.Slices.Composer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Qdrant's payload operations. Payloads in and out are objects, or empty for none; both were checked by
 * {@link Json#requireObject}.
 */
public final class PayloadEditor {
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] EMPTY_ARRAY = "[]".getBytes(StandardCharsets.UTF_8);

    private PayloadEditor() {}

    /**
     * The payload with the patch's keys set; a null removes its key.
     *
     * @param at where to merge; null at the root. What is missing on the way is made, what is no object there replaced
     */
    public static byte[] merge(byte[] payload, byte[] patch, @Nullable FieldPath at) {
        byte[] object = payload.length == 0 ? EMPTY_OBJECT : payload;
        byte[] additions = patch.length == 0 ? EMPTY_OBJECT : patch;
        byte[] merged = set(object, at == null ? List.of() : at.steps(), additions);
        return isEmptyObject(merged) ? Json.NONE : merged;
    }

    private static boolean isEmptyObject(byte[] json) {
        return json.length == 2;
    }

    private static byte[] set(byte[] value, List<Step> steps, byte[] patch) {
        if (steps.isEmpty()) {
            return mergeMembers(Slices.isObject(value, 0) ? value : EMPTY_OBJECT, patch);
        }
        List<Step> rest = steps.subList(1, steps.size());
        return switch (steps.getFirst()) {
            case Step.Name(String name) -> {
                byte[] object = Slices.isObject(value, 0) ? value : EMPTY_OBJECT;
                Composer composer = Composer.object(object.length + patch.length);
                boolean[] found = {false};
                Slices.members(object, (member, nameStart, valueStart, end) -> {
                    if (member.equals(name)) {
                        found[0] = true;
                        composer.member(name, set(Slices.slice(object, valueStart, end), rest, patch));
                    } else {
                        composer.copy(object, nameStart, end);
                    }
                });
                if (!found[0]) {
                    composer.member(name, set(EMPTY_OBJECT, rest, patch));
                }
                yield composer.finish();
            }
            case Step.Element(int wanted) -> setElements(value, wanted, rest, patch);
            case Step.Each() -> setElements(value, -1, rest, patch);
        };
    }

    private static byte[] setElements(byte[] value, int wanted, List<Step> rest, byte[] patch) {
        byte[] array = Slices.isArray(value, 0) ? value : EMPTY_ARRAY;
        Composer composer = Composer.array(array.length + patch.length);
        Slices.elements(array, (i, start, end) -> {
            if (wanted < 0 || wanted == i) {
                composer.value(set(Slices.slice(array, start, end), rest, patch));
            } else {
                composer.copy(array, start, end);
            }
        });
        return composer.finish();
    }

    private static byte[] mergeMembers(byte[] object, byte[] patch) {
        Map<String, int[]> patched = new HashMap<>();
        Slices.members(
                patch,
                (name, nameStart, valueStart, end) ->
                        patched.put(name, new int[] {nameStart, end, patch[valueStart] == 'n' ? 1 : 0}));
        Set<String> replaced = new HashSet<>();
        Composer composer = Composer.object(object.length + patch.length);
        Slices.members(object, (name, nameStart, valueStart, end) -> {
            int[] change = patched.get(name);
            if (change == null) {
                composer.copy(object, nameStart, end);
            } else if (change[2] == 0) {
                composer.copy(patch, change[0], change[1]);
                replaced.add(name);
            }
        });
        Slices.members(patch, (name, nameStart, valueStart, end) -> {
            if (patch[valueStart] != 'n' && !replaced.contains(name)) {
                composer.copy(patch, nameStart, end);
            }
        });
        return composer.finish();
    }

    /** The payload without what the paths lead to. */
    public static byte[] delete(byte[] payload, List<FieldPath> paths) {
        byte[] edited = payload;
        for (FieldPath path : paths) {
            if (edited.length == 0) {
                return edited;
            }
            edited = remove(edited, path.steps());
            edited = isEmptyObject(edited) ? Json.NONE : edited;
        }
        return edited;
    }

    private static byte[] remove(byte[] value, List<Step> steps) {
        List<Step> rest = steps.subList(1, steps.size());
        return switch (steps.getFirst()) {
            case Step.Name(String name) -> {
                if (!Slices.isObject(value, 0)) {
                    yield value;
                }
                Composer composer = Composer.object(value.length);
                Slices.members(value, (member, nameStart, valueStart, end) -> {
                    if (!member.equals(name)) {
                        composer.copy(value, nameStart, end);
                    } else if (!rest.isEmpty()) {
                        composer.member(name, remove(Slices.slice(value, valueStart, end), rest));
                    }
                });
                yield composer.finish();
            }
            case Step.Element(int wanted) -> removeElements(value, wanted, rest);
            case Step.Each() -> removeElements(value, -1, rest);
        };
    }

    private static byte[] removeElements(byte[] value, int wanted, List<Step> rest) {
        if (!Slices.isArray(value, 0)) {
            return value;
        }
        Composer composer = Composer.array(value.length);
        Slices.elements(value, (i, start, end) -> {
            if (wanted >= 0 && wanted != i) {
                composer.copy(value, start, end);
            } else if (!rest.isEmpty()) {
                composer.value(remove(Slices.slice(value, start, end), rest));
            }
        });
        return composer.finish();
    }
}
