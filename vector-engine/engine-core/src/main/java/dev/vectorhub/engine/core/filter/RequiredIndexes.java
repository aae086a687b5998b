package dev.vectorhub.engine.core.filter;

import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Condition.MatchValue;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.FieldType;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.payload.FieldPath;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which indexes a filter, an order or a facet asks for. */
public final class RequiredIndexes {
    private static final List<FieldType> ANY = List.of(FieldType.values());

    private final FieldSchema schema;

    private RequiredIndexes(FieldSchema schema) {
        this.schema = schema;
    }

    /**
     * Checks a filter.
     *
     * @throws StoreException {@code INVALID_ARGUMENT}, naming the first key whose condition no index answers
     */
    public static void require(Filter filter, FieldSchema schema) {
        new RequiredIndexes(schema).require(filter, List.of());
    }

    private void require(Filter filter, List<FieldPath.Step> prefix) {
        Filter.MinShould min = filter.minShould();
        Stream.of(
                        filter.must(),
                        filter.should(),
                        filter.mustNot(),
                        min == null ? List.<Condition>of() : min.conditions())
                .flatMap(List::stream)
                .forEach(condition -> require(condition, prefix));
    }

    private void require(Condition condition, List<FieldPath.Step> prefix) {
        switch (condition) {
            case Condition.Group(Filter inner) -> require(inner, prefix);
            case Condition.Nested(String key, Filter inner) ->
                require(inner, FieldPath.parse(key).each().within(prefix).steps());
            case Condition.HasId _, Condition.HasVector _, Condition.Slice _ -> {}
            default -> {
                String key = FilterPlanner.key(condition);
                FieldSpec spec =
                        key == null ? null : schema.spec(FieldPath.parse(key).within(prefix));
                if (spec == null || !answers(spec, condition)) {
                    throw StoreException.invalid("Index required but not found for \"" + key
                            + "\" of one of the following types: [" + names(types(condition))
                            + "]. Help: Create an index for this key or use a different filter.");
                }
            }
        }
    }

    private static String names(List<FieldType> types) {
        return types.stream().map(type -> type.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
    }

    private static boolean answers(FieldSpec spec, Condition condition) {
        return types(condition).contains(spec.type())
                && (spec.type() != FieldType.INTEGER
                        || switch (condition) {
                            case Condition.Match _ -> spec.lookup();
                            case Condition.Range _ -> spec.range();
                            default -> true;
                        })
                && (!(condition instanceof Condition.Match(String _, MatchValue.Prefix _)) || spec.prefix());
    }

    private static List<FieldType> types(Condition condition) {
        return switch (condition) {
            case Condition.Match(String _, MatchValue value) -> types(value);
            case Condition.Range _ -> List.of(FieldType.INTEGER, FieldType.FLOAT);
            case Condition.DatetimeRange _ -> List.of(FieldType.DATETIME);
            case Condition.GeoBox _, Condition.GeoRadius _, Condition.GeoPolygon _ -> List.of(FieldType.GEO);
            default -> ANY;
        };
    }

    private static List<FieldType> types(MatchValue value) {
        return switch (value) {
            case MatchValue.Keyword _ -> List.of(FieldType.KEYWORD, FieldType.UUID);
            case MatchValue.Int _ -> List.of(FieldType.INTEGER);
            case MatchValue.Bool _ -> List.of(FieldType.BOOL);
            case MatchValue.Any(List<String> keywords, List<Long> integers) -> ofList(keywords, integers);
            case MatchValue.Except(List<String> keywords, List<Long> integers) -> ofList(keywords, integers);
            case MatchValue.Text _, MatchValue.TextAny _, MatchValue.Phrase _ -> List.of(FieldType.TEXT);
            case MatchValue.Prefix _ -> List.of(FieldType.KEYWORD);
        };
    }

    private static List<FieldType> ofList(List<String> keywords, List<Long> integers) {
        if (!keywords.isEmpty()) {
            return List.of(FieldType.KEYWORD, FieldType.UUID);
        }
        return integers.isEmpty()
                ? List.of(FieldType.KEYWORD, FieldType.INTEGER, FieldType.UUID)
                : List.of(FieldType.INTEGER);
    }

    /**
     * The index by which a field is ordered.
     *
     * @throws StoreException {@code INVALID_ARGUMENT} if the field has no index that orders its values
     */
    public static FieldSpec forOrder(FieldSchema schema, FieldPath path, String key) {
        FieldSpec spec = schema.spec(path);
        boolean orders = spec != null
                && switch (spec.type()) {
                    case INTEGER -> spec.range();
                    case FLOAT, DATETIME -> true;
                    case KEYWORD, BOOL, UUID, GEO, TEXT -> false;
                };
        return found(
                orders ? spec : null,
                "No range index for `order_by` key: `" + key
                        + "`. Please create one to use `order_by`: integer (with ranges), float or datetime.");
    }

    /**
     * The index by which the values of a field are counted.
     *
     * @throws StoreException {@code INVALID_ARGUMENT} if the field has no index that counts its values
     */
    public static FieldSpec forFacet(FieldSchema schema, FieldPath path, String key) {
        FieldSpec spec = schema.spec(path);
        boolean counts = spec != null
                && switch (spec.type()) {
                    case INTEGER -> spec.lookup();
                    case KEYWORD, BOOL, UUID -> true;
                    case FLOAT, DATETIME, GEO, TEXT -> false;
                };
        return found(
                counts ? spec : null,
                "No appropriate index for faceting: `" + key
                        + "`. Please create one to facet on this field: keyword, integer (with lookup), bool or uuid.");
    }

    private static FieldSpec found(@Nullable FieldSpec spec, String otherwise) {
        if (spec == null) {
            throw StoreException.invalid(otherwise);
        }
        return spec;
    }
}
