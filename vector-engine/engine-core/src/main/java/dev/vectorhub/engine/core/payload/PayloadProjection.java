package dev.vectorhub.engine.core.payload;

import dev.vectorhub.engine.core.PayloadSelection;
import dev.vectorhub.engine.core.payload.FieldPath.Step;
import dev.vectorhub.engine.core.payload.Slices.Composer;
import java.util.ArrayList;
import java.util.List;

/** Cuts a payload down to a {@link PayloadSelection}. Arrays on the way are passed through element by element. */
public final class PayloadProjection {
    private final boolean enabled;
    private final List<List<String>> include;
    private final List<List<String>> exclude;

    public PayloadProjection(PayloadSelection selection) {
        enabled = selection.enabled();
        include = names(selection.include());
        exclude = names(selection.exclude());
    }

    public boolean enabled() {
        return enabled;
    }

    private static List<List<String>> names(List<String> paths) {
        List<List<String>> all = new ArrayList<>(paths.size());
        for (String path : paths) {
            List<String> names = new ArrayList<>();
            for (Step step : FieldPath.parse(path).steps()) {
                if (step instanceof Step.Name(String name)) {
                    names.add(name);
                }
            }
            all.add(names);
        }
        return all;
    }

    /** An object, or empty for none. */
    public byte[] apply(byte[] payload) {
        if (!enabled || payload.length == 0) {
            return Json.NONE;
        }
        byte[] kept = include.isEmpty() ? payload : cut(payload, include, 0, true);
        kept = exclude.isEmpty() ? kept : cut(kept, exclude, 0, false);
        return kept.length == 2 ? Json.NONE : kept;
    }

    /** What the paths lead to, or ({@code keep} false) all but that. */
    private static byte[] cut(byte[] value, List<List<String>> paths, int depth, boolean keep) {
        if (Slices.isArray(value, 0)) {
            Composer composer = Composer.array(value.length);
            Slices.elements(value, (i, start, end) -> {
                if (Slices.isObject(value, start) || Slices.isArray(value, start)) {
                    composer.value(cut(Slices.slice(value, start, end), paths, depth, keep));
                } else if (!keep) {
                    composer.copy(value, start, end);
                }
            });
            return composer.finish();
        }
        Composer composer = Composer.object(value.length);
        Slices.members(value, (name, nameStart, valueStart, end) -> {
            List<List<String>> through = new ArrayList<>();
            boolean whole = false;
            for (List<String> path : paths) {
                if (depth < path.size() && path.get(depth).equals(name)) {
                    whole |= path.size() == depth + 1;
                    through.add(path);
                }
            }
            boolean deep = Slices.isObject(value, valueStart) || Slices.isArray(value, valueStart);
            if (through.isEmpty() ? !keep : whole && keep) {
                composer.copy(value, nameStart, end);
            } else if (!through.isEmpty() && !whole && deep) {
                composer.member(name, cut(Slices.slice(value, valueStart, end), through, depth + 1, keep));
            } else if (!through.isEmpty() && !whole && !keep) {
                composer.copy(value, nameStart, end);
            }
        });
        return composer.finish();
    }
}
