package dev.vectorhub.engine.core.query;

import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.filter.Datetimes;
import dev.vectorhub.engine.core.payload.FieldPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Scores candidates by a formula. A value that is missing or not finite refuses the query: a guess would rank silently wrong. */
final class FormulaRun {

    private static final double EARTH_RADIUS_METERS = 6_371_008.8;
    private static final double MICROS = 1e6;

    private final QueryReader reader;
    private final Query.Formula formula;
    private final List<Map<PointId, Float>> scores = new ArrayList<>();
    private final IdentityHashMap<Condition, Predicate<PointId>> tests = new IdentityHashMap<>();
    private final Map<String, FieldPath> paths = new HashMap<>();
    private PointId id = PointId.of(0);
    private Map<String, @Nullable Object> payload = Map.of();

    private FormulaRun(QueryReader reader, Query.Formula formula) {
        this.reader = reader;
        this.formula = formula;
    }

    static List<Hit> run(QueryReader reader, Query.Formula formula, List<Source> sources) {
        FormulaRun run = new FormulaRun(reader, formula);
        TreeSet<PointId> candidates = new TreeSet<>();
        for (Source source : sources) {
            Map<PointId, Float> byId = new HashMap<>();
            for (Hit hit : source.hits()) {
                byId.put(hit.id(), hit.score());
                candidates.add(hit.id());
            }
            run.scores.add(byId);
        }
        List<Hit> hits = new ArrayList<>(candidates.size());
        for (PointId candidate : candidates) {
            hits.add(new Hit(candidate, run.score(candidate)));
        }
        hits.sort(Hit.BEST_FIRST);
        return hits;
    }

    private float score(PointId point) {
        id = point;
        payload = PayloadValues.tree(reader.payload(point));
        float score = (float) value(formula.expression());
        if (!Float.isFinite(score)) {
            throw notFinite("the formula");
        }
        return score;
    }

    private double value(Expression expression) {
        return switch (expression) {
            case Expression.Constant(double value) -> value;
            case Expression.Score score -> score(score);
            case Expression.Variable(String key) -> {
                if (single(key) instanceof Number number) {
                    yield number.doubleValue();
                }
                throw StoreException.invalid("formula: expected a number at '" + key + "' in the payload of point " + id
                        + " or in the defaults");
            }
            case Expression.Holds(Condition condition) ->
                tests.computeIfAbsent(condition, c -> reader.test(Filter.must(c)))
                                .test(id)
                        ? 1
                        : 0;
            case Expression.GeoDistance geo -> distance(geo);
            case Expression.DatetimeKey(String key) -> seconds(key);
            case Expression.Product(List<Expression> factors) -> {
                double product = 1;
                for (Expression factor : factors) {
                    double value = value(factor);
                    if (value == 0) {
                        yield 0;
                    }
                    product *= value;
                }
                yield product;
            }
            case Expression.Sum(List<Expression> terms) -> {
                double sum = 0;
                for (Expression term : terms) {
                    sum += value(term);
                }
                yield sum;
            }
            case Expression.Quotient quotient -> quotient(quotient);
            case Expression.Power(Expression base, Expression exponent) ->
                finite(Math.pow(value(base), value(exponent)), "pow");
            case Expression.Unary(Expression.Function function, Expression of) -> unary(function, value(of));
            case Expression.Decay decay -> decay(decay);
        };
    }

    private double score(Expression.Score score) {
        Float found =
                score.prefetch() < scores.size() ? scores.get(score.prefetch()).get(id) : null;
        if (found != null) {
            return found;
        }
        return formula.defaults().get(score.name()) instanceof Number number ? number.doubleValue() : 0;
    }

    private double quotient(Expression.Quotient quotient) {
        double left = value(quotient.left());
        if (left == 0) {
            return 0;
        }
        double right = value(quotient.right());
        Double byZero = quotient.byZero();
        if (right == 0 && byZero != null) {
            return byZero;
        }
        return finite(left / right, "div");
    }

    private static double unary(Expression.Function function, double value) {
        return switch (function) {
            case NEG -> -value;
            case ABS -> Math.abs(value);
            case SQRT -> finite(Math.sqrt(value), "sqrt");
            case EXP -> finite(Math.exp(value), "exp");
            case LOG10 -> finite(Math.log10(value), "log10");
            case LN -> finite(Math.log(value), "ln");
        };
    }

    private double decay(Expression.Decay decay) {
        Expression target = decay.target();
        double difference = value(decay.x()) - (target == null ? 0 : value(target));
        double scale = decay.scale();
        return switch (decay.curve()) {
            case LINEAR -> Math.max(0, 1 - (1 - decay.midpoint()) / scale * Math.abs(difference));
            case EXPONENTIAL -> Math.exp(Math.log(decay.midpoint()) / scale * Math.abs(difference));
            case GAUSSIAN -> Math.exp(Math.log(decay.midpoint()) / (scale * scale) * difference * difference);
        };
    }

    /** The only value at the key, in the payload or else in the defaults; null where there is none, or more than one. */
    private @Nullable Object single(String key) {
        List<@Nullable Object> values = PayloadValues.at(payload, paths.computeIfAbsent(key, FieldPath::parse));
        if (values.isEmpty()) {
            return formula.defaults().get(key);
        }
        return values.size() == 1 ? values.getFirst() : null;
    }

    private double distance(Expression.GeoDistance geo) {
        if (single(geo.key()) instanceof Map<?, ?> place
                && place.get("lat") instanceof Number lat
                && place.get("lon") instanceof Number lon) {
            return haversine(geo.lat(), geo.lon(), lat.doubleValue(), lon.doubleValue());
        }
        throw StoreException.invalid("formula: expected a place at '" + geo.key() + "' in the payload of point " + id
                + " or in the defaults");
    }

    private static double haversine(double lat1, double lon1, double lat2, double lon2) {
        double a = Math.toRadians(lat1);
        double b = Math.toRadians(lat2);
        double s = Math.sin((b - a) / 2);
        double t = Math.sin(Math.toRadians(lon2 - lon1) / 2);
        return 2 * EARTH_RADIUS_METERS * Math.asin(Math.sqrt(s * s + Math.cos(a) * Math.cos(b) * t * t));
    }

    private double seconds(String key) {
        if (single(key) instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            long micros = Datetimes.micros(bytes, 0, bytes.length);
            if (micros != Datetimes.NONE) {
                return micros / MICROS;
            }
        }
        throw StoreException.invalid(
                "formula: expected a date at '" + key + "' in the payload of point " + id + " or in the defaults");
    }

    private static double finite(double value, String what) {
        if (!Double.isFinite(value)) {
            throw notFinite(what);
        }
        return value;
    }

    private static StoreException notFinite(String what) {
        return StoreException.invalid("formula: " + what + " produced a non-finite number");
    }
}
