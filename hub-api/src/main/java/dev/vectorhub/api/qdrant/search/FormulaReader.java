package dev.vectorhub.api.qdrant.search;

import static dev.vectorhub.api.qdrant.search.QueryKinds.object;
import static dev.vectorhub.api.qdrant.search.QueryKinds.required;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.qdrant.filter.Datetimes;
import dev.vectorhub.api.qdrant.filter.FilterReader;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.Condition;
import dev.vectorhub.engine.wire.v1.Decay;
import dev.vectorhub.engine.wire.v1.DecayCurve;
import dev.vectorhub.engine.wire.v1.Expression;
import dev.vectorhub.engine.wire.v1.ExpressionFunction;
import dev.vectorhub.engine.wire.v1.Expressions;
import dev.vectorhub.engine.wire.v1.Filter;
import dev.vectorhub.engine.wire.v1.GeoDistance;
import dev.vectorhub.engine.wire.v1.GeoPoint;
import dev.vectorhub.engine.wire.v1.Power;
import dev.vectorhub.engine.wire.v1.Quotient;
import dev.vectorhub.engine.wire.v1.ScoreVariable;
import dev.vectorhub.engine.wire.v1.UnaryExpression;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expressions of a formula: numbers, variables ({@code $score}, {@code $score[1]}, payload keys), conditions, and objects with one
 * operation.
 */
final class FormulaReader {

    static final int DEPTH_MAX = 30;
    static final int EXPRESSIONS_MAX = 1_000;

    private static final Pattern SCORE = Pattern.compile("\\$score(?:\\[(\\d{1,4})])?");
    private static final double MICROS = 1e6;

    private static final Map<String, ExpressionFunction> FUNCTIONS = Map.of(
            "neg", ExpressionFunction.NEG,
            "abs", ExpressionFunction.ABS,
            "sqrt", ExpressionFunction.SQRT,
            "exp", ExpressionFunction.EXP,
            "log10", ExpressionFunction.LOG10,
            "ln", ExpressionFunction.LN);

    private static final Map<String, DecayCurve> DECAYS = Map.of(
            "lin_decay", DecayCurve.LINEAR,
            "exp_decay", DecayCurve.EXPONENTIAL,
            "gauss_decay", DecayCurve.GAUSSIAN);

    private static final Set<String> OTHERS =
            Set.of("mult", "sum", "div", "pow", "geo_distance", "datetime", "datetime_key");

    private int left = EXPRESSIONS_MAX;

    Expression expression(JsonNode node, String at, int depth) {
        if (depth > DEPTH_MAX) {
            throw BodyErrors.invalid(at, "expressions nest at most " + DEPTH_MAX + " deep");
        }
        if (--left < 0) {
            throw BodyErrors.invalid(at, "a formula has at most " + EXPRESSIONS_MAX + " expressions");
        }
        Expression.Builder out = Expression.newBuilder();
        if (node.isNumber()) {
            return out.setConstant(finite(node, at)).build();
        }
        if (node.isTextual()) {
            return variable(node.textValue(), at);
        }
        ObjectNode object = object(node, at);
        String name = operation(object);
        JsonNode value = name.isEmpty() ? object : object.get(name);
        String inner = at + "." + name;
        ExpressionFunction function = FUNCTIONS.get(name);
        if (function != null) {
            return out.setUnary(UnaryExpression.newBuilder()
                            .setFunction(function)
                            .setOf(expression(value, inner, depth + 1)))
                    .build();
        }
        DecayCurve curve = DECAYS.get(name);
        if (curve != null) {
            return out.setDecay(decay(curve, object(value, inner), inner, depth))
                    .build();
        }
        switch (name) {
            case "mult" -> out.setProduct(list(value, inner, depth));
            case "sum" -> out.setSum(list(value, inner, depth));
            case "div" -> out.setQuotient(quotient(object(value, inner), inner, depth));
            case "pow" -> {
                ObjectNode power = object(value, inner);
                out.setPower(Power.newBuilder()
                        .setBase(expression(required(power, "base", inner), inner + ".base", depth + 1))
                        .setExponent(expression(required(power, "exponent", inner), inner + ".exponent", depth + 1)));
            }
            case "geo_distance" -> out.setGeoDistance(geo(object(value, inner), inner));
            case "datetime" -> out.setConstant(seconds(value, inner));
            case "datetime_key" -> out.setDatetimeKey(text(value, inner));
            default -> out.setCondition(condition(object, at));
        }
        return out.build();
    }

    /** The field that is an operation's name; empty where none is. Other fields are ignored, as Qdrant does. */
    private static String operation(ObjectNode object) {
        for (String name : (Iterable<String>) object::fieldNames) {
            if (FUNCTIONS.containsKey(name) || DECAYS.containsKey(name) || OTHERS.contains(name)) {
                return name;
            }
        }
        return "";
    }

    private static Expression variable(String name, String at) {
        if (!name.startsWith("$")) {
            if (name.isEmpty()) {
                throw BodyErrors.invalid(at, "a payload key is not empty");
            }
            return Expression.newBuilder().setVariable(name).build();
        }
        Matcher score = SCORE.matcher(name);
        if (!score.matches()) {
            throw BodyErrors.format(
                    at, "unknown variable `" + BodyErrors.shown(name) + "`, expected `$score` or `$score[n]`");
        }
        int prefetch = score.group(1) == null ? 0 : Integer.parseInt(score.group(1));
        return Expression.newBuilder()
                .setScore(ScoreVariable.newBuilder().setPrefetch(prefetch).setName(name))
                .build();
    }

    private Expressions list(JsonNode node, String at, int depth) {
        if (!node.isArray()) {
            throw BodyErrors.format(at, "expected a list of expressions");
        }
        Expressions.Builder list = Expressions.newBuilder();
        for (int i = 0; i < node.size(); i++) {
            list.addList(expression(node.get(i), at + "[" + i + "]", depth + 1));
        }
        return list.build();
    }

    private Quotient quotient(ObjectNode div, String at, int depth) {
        Quotient.Builder quotient = Quotient.newBuilder()
                .setLeft(expression(required(div, "left", at), at + ".left", depth + 1))
                .setRight(expression(required(div, "right", at), at + ".right", depth + 1));
        JsonNode byZero = div.path("by_zero_default");
        if (!byZero.isMissingNode() && !byZero.isNull()) {
            quotient.setByZero(finite(byZero, at + ".by_zero_default"));
        }
        return quotient.build();
    }

    private Decay decay(DecayCurve curve, ObjectNode fields, String at, int depth) {
        Decay.Builder decay = Decay.newBuilder()
                .setCurve(curve)
                .setX(expression(required(fields, "x", at), at + ".x", depth + 1))
                .setScale(1)
                .setMidpoint(0.5);
        JsonNode target = fields.path("target");
        if (!target.isMissingNode() && !target.isNull()) {
            decay.setTarget(expression(target, at + ".target", depth + 1));
        }
        JsonNode scale = fields.path("scale");
        if (!scale.isMissingNode() && !scale.isNull()) {
            decay.setScale(finite(scale, at + ".scale"));
            if (decay.getScale() <= 0) {
                throw BodyErrors.invalid(at + ".scale", "value " + scale.asText() + " invalid, must be above 0.0");
            }
        }
        JsonNode midpoint = fields.path("midpoint");
        if (!midpoint.isMissingNode() && !midpoint.isNull()) {
            decay.setMidpoint(finite(midpoint, at + ".midpoint"));
            if (decay.getMidpoint() <= 0 || decay.getMidpoint() >= 1) {
                throw BodyErrors.invalid(
                        at + ".midpoint", "value " + midpoint.asText() + " invalid, must be between 0.0 and 1.0");
            }
        }
        return decay.build();
    }

    private static GeoDistance geo(ObjectNode geo, String at) {
        ObjectNode origin = object(required(geo, "origin", at), at + ".origin");
        return GeoDistance.newBuilder()
                .setOrigin(GeoPoint.newBuilder()
                        .setLat(degrees(required(origin, "lat", at + ".origin"), at + ".origin.lat", 90))
                        .setLon(degrees(required(origin, "lon", at + ".origin"), at + ".origin.lon", 180)))
                .setKey(text(required(geo, "to", at), at + ".to"))
                .build();
    }

    private static double degrees(JsonNode node, String at, int max) {
        double degrees = finite(node, at);
        if (Math.abs(degrees) > max) {
            throw BodyErrors.invalid(at, "value " + degrees + " invalid, must be from -" + max + " to " + max);
        }
        return degrees;
    }

    private static double seconds(JsonNode node, String at) {
        OptionalLong micros = Datetimes.micros(text(node, at));
        if (micros.isEmpty()) {
            throw BodyErrors.format(at, "not a date: " + BodyErrors.shown(node.asText()));
        }
        return micros.getAsLong() / MICROS;
    }

    /** A filter's reader knows conditions. */
    private static Condition condition(ObjectNode condition, String at) {
        byte[] filter = ("{\"must\":[" + condition + "]}").getBytes(StandardCharsets.UTF_8);
        Filter read = JsonBody.read(filter, FilterReader::read);
        if (read == null || read.getMustCount() != 1) {
            throw BodyErrors.format(at, "expected an expression or a condition");
        }
        return read.getMust(0);
    }

    private static String text(JsonNode node, String at) {
        if (!node.isTextual() || node.textValue().isEmpty()) {
            throw BodyErrors.format(at, "expected a string that is not empty");
        }
        return node.textValue();
    }

    private static double finite(JsonNode node, String at) {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw BodyErrors.format(at, "expected a finite number, got " + BodyErrors.shown(node.toString()));
        }
        return node.doubleValue();
    }
}
