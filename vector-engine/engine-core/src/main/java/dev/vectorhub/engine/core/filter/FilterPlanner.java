package dev.vectorhub.engine.core.filter;

import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.payload.FieldPath;
import dev.vectorhub.engine.core.point.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** What ids, vectors and field indexes of a part say about a filter before any payload is read. */
public final class FilterPlanner {
    /** Steps that counting {@code min_should} may take; beyond that the matcher counts. */
    private static final int COUNT_STEPS_MAX = 4096;

    private final Part part;
    private final @Nullable FieldIndex index;
    private final ToIntFunction<String> vectors;
    private final RoaringBitmap all;

    /**
     * @param index null for a part that has none
     * @param vectors a vector's position by its name; -1 for an unknown one
     */
    public FilterPlanner(Part part, @Nullable FieldIndex index, ToIntFunction<String> vectors) {
        this.part = part;
        this.index = index;
        this.vectors = vectors;
        this.all = RoaringBitmap.bitmapOfRange(0, part.size());
    }

    public Bounds bounds(Filter filter) {
        Bounds known = Bounds.exactly(all);
        for (Condition condition : filter.must()) {
            known = known.and(bounds(condition));
        }
        if (!filter.should().isEmpty()) {
            known = known.and(union(filter.should()));
        }
        for (Condition condition : filter.mustNot()) {
            known = known.and(bounds(condition).not(all));
        }
        Filter.MinShould min = filter.minShould();
        return min == null ? known : known.and(atLeast(min));
    }

    private Bounds union(List<Condition> conditions) {
        Bounds union = Bounds.exactly(new RoaringBitmap());
        for (Condition condition : conditions) {
            union = union.or(bounds(condition));
        }
        return union;
    }

    private Bounds atLeast(Filter.MinShould min) {
        if (min.minCount() == 0) {
            return Bounds.exactly(all);
        }
        if (min.minCount() > min.conditions().size()) {
            return Bounds.exactly(new RoaringBitmap());
        }
        if ((long) min.minCount() * min.conditions().size() > COUNT_STEPS_MAX) {
            return Bounds.atMost(union(min.conditions()).possible());
        }
        Bounds[] counted = new Bounds[min.minCount() + 1];
        Arrays.fill(counted, Bounds.exactly(new RoaringBitmap()));
        counted[0] = Bounds.exactly(all);
        for (Condition condition : min.conditions()) {
            Bounds holds = bounds(condition);
            for (int n = counted.length - 1; n > 0; n--) {
                counted[n] = counted[n].or(counted[n - 1].and(holds));
            }
        }
        return counted[min.minCount()];
    }

    private Bounds bounds(Condition condition) {
        return switch (condition) {
            case Condition.HasId(List<PointId> ids) -> Bounds.exactly(find(ids));
            case Condition.HasVector(String name) -> Bounds.exactly(having(vectors.applyAsInt(name)));
            case Condition.Slice(long total, long slice) ->
                Bounds.exactly(where(ordinal -> Long.remainderUnsigned(IdHash.of(part.id(ordinal)), total) == slice));
            case Condition.Group(Filter inner) -> bounds(inner);
            case Condition.Nested(String key, Filter inner) ->
                Bounds.atMost(nested(FieldPath.parse(key).each().steps(), inner));
            default -> field(condition, List.of());
        };
    }

    /** @param prefix where the condition's key begins */
    private Bounds field(Condition condition, List<FieldPath.Step> prefix) {
        String key = key(condition);
        Bounds known = index == null || key == null
                ? null
                : index.bounds(FieldPath.parse(key).within(prefix), condition);
        return known == null ? Bounds.atMost(all) : known;
    }

    /** Null for a condition that is not on a field's values. */
    static @Nullable String key(Condition condition) {
        return switch (condition) {
            case Condition.Match match -> match.key();
            case Condition.Range range -> range.key();
            case Condition.DatetimeRange range -> range.key();
            case Condition.GeoBox box -> box.key();
            case Condition.GeoRadius circle -> circle.key();
            case Condition.GeoPolygon polygon -> polygon.key();
            case Condition.ValuesCount count -> count.key();
            case Condition.IsEmpty empty -> empty.key();
            case Condition.IsNull isNull -> isNull.key();
            case Condition.HasId _, Condition.HasVector _, Condition.Slice _, Condition.Nested _, Condition.Group _ ->
                null;
        };
    }

    /**
     * Points of which some element may fulfil the filter. What holds for one element at one key holds for the point at the key
     * through all elements; what must not hold, or may be absent, says nothing of the point.
     */
    private RoaringBitmap nested(List<FieldPath.Step> prefix, Filter filter) {
        RoaringBitmap possible = all;
        for (Condition condition : filter.must()) {
            possible = RoaringBitmap.and(possible, inElement(prefix, condition));
        }
        if (!filter.should().isEmpty()) {
            RoaringBitmap any = new RoaringBitmap();
            for (Condition condition : filter.should()) {
                any.or(inElement(prefix, condition));
            }
            possible = RoaringBitmap.and(possible, any);
        }
        return possible;
    }

    private RoaringBitmap inElement(List<FieldPath.Step> prefix, Condition condition) {
        return switch (condition) {
            case Condition.Group(Filter inner) -> nested(prefix, inner);
            case Condition.Nested(String key, Filter inner) ->
                nested(FieldPath.parse(key).each().within(prefix).steps(), inner);
            case Condition.HasId _, Condition.HasVector _, Condition.Slice _ -> new RoaringBitmap();
            case Condition.IsEmpty _ -> all;
            default -> field(condition, prefix).possible();
        };
    }

    private RoaringBitmap find(List<PointId> ids) {
        List<Integer> ordinals = new ArrayList<>();
        for (PointId id : ids) {
            int ordinal = part.find(id);
            if (ordinal >= 0) {
                ordinals.add(ordinal);
            }
        }
        return RoaringBitmap.bitmapOf(
                ordinals.stream().mapToInt(Integer::intValue).toArray());
    }

    private RoaringBitmap having(int vector) {
        if (vector < 0) {
            return new RoaringBitmap();
        }
        return part.hasAll(vector) ? all : where(ordinal -> part.has(vector, ordinal));
    }

    private RoaringBitmap where(IntPredicate holds) {
        RoaringBitmap found = new RoaringBitmap();
        for (int ordinal = 0; ordinal < part.size(); ordinal++) {
            if (holds.test(ordinal)) {
                found.add(ordinal);
            }
        }
        return found;
    }
}
