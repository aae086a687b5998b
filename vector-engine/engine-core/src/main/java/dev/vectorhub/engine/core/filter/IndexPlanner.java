package dev.vectorhub.engine.core.filter;

import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.FieldType;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.point.Part;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** What ids and field indexes of a part can say about a filter before any payload is read. */
public final class IndexPlanner {
    /**
     * Ordinals that hold every match, perhaps more.
     *
     * @param ordinals dead ones included; not to be changed
     * @param exact true: just the matches
     */
    public record Answer(RoaringBitmap ordinals, boolean exact) {}

    private final Part part;
    private final @Nullable FieldIndexes indexes;
    private final Map<String, FieldType> fields;

    /** @param indexes null for a part that has none */
    public IndexPlanner(Part part, @Nullable FieldIndexes indexes, Map<String, FieldType> fields) {
        this.part = part;
        this.indexes = indexes;
        this.fields = fields;
    }

    /** Null if nothing is known, hence every ordinal may match. */
    public @Nullable Answer answer(Filter filter) {
        RoaringBitmap candidates = null;
        boolean exact = filter.minShould() == null;
        for (Condition condition : filter.must()) {
            Answer answer = answer(condition);
            exact &= answer != null && answer.exact();
            if (answer != null) {
                candidates = and(candidates, answer.ordinals());
            }
        }
        if (!filter.should().isEmpty()) {
            Answer any = union(filter.should());
            exact &= any != null && any.exact();
            if (any != null) {
                candidates = and(candidates, any.ordinals());
            }
        }
        for (Condition condition : filter.mustNot()) {
            Answer answer = answer(condition);
            exact &= answer != null && answer.exact();
            if (answer != null && answer.exact()) {
                candidates = RoaringBitmap.andNot(candidates == null ? all() : candidates, answer.ordinals());
            }
        }
        if (candidates == null) {
            return exact ? new Answer(all(), true) : null;
        }
        return new Answer(candidates, exact);
    }

    private static RoaringBitmap and(@Nullable RoaringBitmap known, RoaringBitmap more) {
        return known == null ? more : RoaringBitmap.and(known, more);
    }

    private RoaringBitmap all() {
        return RoaringBitmap.bitmapOfRange(0, part.size());
    }

    private @Nullable Answer union(List<Condition> conditions) {
        RoaringBitmap union = new RoaringBitmap();
        boolean exact = true;
        for (Condition condition : conditions) {
            Answer answer = answer(condition);
            if (answer == null) {
                return null;
            }
            exact &= answer.exact();
            union.or(answer.ordinals());
        }
        return new Answer(union, exact);
    }

    private @Nullable Answer answer(Condition condition) {
        return switch (condition) {
            case Condition.HasId(List<PointId> ids) -> new Answer(find(ids), true);
            case Condition.Nested(Filter inner) -> answer(inner);
            case Condition.Match(String key, Condition.MatchValue value) -> {
                FieldIndex index = index(key);
                RoaringBitmap found = index == null ? null : index.matching(value);
                yield found == null ? null : new Answer(found, true);
            }
            case Condition.IsEmpty(String key) -> {
                FieldIndex index = index(key);
                yield index == null ? null : new Answer(RoaringBitmap.andNot(all(), index.filled()), true);
            }
            case Condition.IsNull isNull -> null;
            case Condition.Range range -> null;
        };
    }

    private @Nullable FieldIndex index(String key) {
        FieldType type = fields.get(key);
        return indexes == null || type == null ? null : indexes.get(part, key, type);
    }

    private RoaringBitmap find(List<PointId> ids) {
        RoaringBitmap found = new RoaringBitmap();
        for (PointId id : ids) {
            int ordinal = part.find(id);
            if (ordinal >= 0) {
                found.add(ordinal);
            }
        }
        return found;
    }
}
