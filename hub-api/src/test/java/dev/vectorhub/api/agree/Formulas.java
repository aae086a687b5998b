package dev.vectorhub.api.agree;

import io.qdrant.client.ValueFactory;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.GeoPoint;
import io.qdrant.client.grpc.Points.DecayParamsExpression;
import io.qdrant.client.grpc.Points.DivExpression;
import io.qdrant.client.grpc.Points.Expression;
import io.qdrant.client.grpc.Points.Formula;
import io.qdrant.client.grpc.Points.GeoDistance;
import io.qdrant.client.grpc.Points.MultExpression;
import io.qdrant.client.grpc.Points.PowExpression;
import io.qdrant.client.grpc.Points.SumExpression;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random formulas, each beside what it means. None of them has no value. */
final class Formulas {

    /** What a formula makes of a point and of its scores in the prefetches. */
    interface Meaning {
        double of(Doc doc, List<Map<Long, Double>> scores);
    }

    record Said(Expression expression, Meaning meaning) {}

    private static final double EARTH = 6_371_008.8;
    private static final double PRICE_DEFAULT = 2.5;
    private static final double SCORE_DEFAULT = 0.75;

    private final Random random;
    private final int prefetches;

    Formulas(Random random, int prefetches) {
        this.random = random;
        this.prefetches = prefetches;
    }

    static Formula formula(Said said) {
        return Formula.newBuilder()
                .setExpression(said.expression())
                .putDefaults("n", ValueFactory.value(PRICE_DEFAULT))
                .putDefaults("$score[1]", ValueFactory.value(SCORE_DEFAULT))
                .build();
    }

    Said expression(int depth) {
        return switch (random.nextInt(depth > 2 ? 7 : 17)) {
            case 0 -> score();
            case 1 -> {
                float constant = random.nextInt(20) / 4f - 2;
                yield new Said(Expression.newBuilder().setConstant(constant).build(), (doc, scores) -> constant);
            }
            case 2 ->
                new Said(
                        Expression.newBuilder().setVariable("n").build(),
                        (doc, scores) -> doc.price() == null ? PRICE_DEFAULT : doc.price());
            case 3 -> {
                Filters.Meaning<Condition> condition = Filters.condition(random, 1);
                yield new Said(
                        Expression.newBuilder().setCondition(condition.said()).build(),
                        (doc, scores) -> condition.holds().test(doc) ? 1 : 0);
            }
            case 4 -> megametres();
            case 5 -> days();
            case 6 -> score();
            case 7 -> {
                Said a = expression(depth + 1);
                Said b = expression(depth + 1);
                yield new Said(
                        Expression.newBuilder()
                                .setSum(SumExpression.newBuilder()
                                        .addSum(a.expression())
                                        .addSum(b.expression()))
                                .build(),
                        (doc, scores) ->
                                a.meaning().of(doc, scores) + b.meaning().of(doc, scores));
            }
            case 8 -> product(expression(depth + 1), expression(depth + 1));
            case 9 -> {
                Said of = expression(depth + 1);
                yield new Said(
                        Expression.newBuilder().setNeg(of.expression()).build(),
                        (doc, scores) -> -of.meaning().of(doc, scores));
            }
            case 10 -> abs(expression(depth + 1));
            case 11 -> {
                Said of = abs(expression(depth + 1));
                yield new Said(
                        Expression.newBuilder().setSqrt(of.expression()).build(),
                        (doc, scores) -> Math.sqrt(of.meaning().of(doc, scores)));
            }
            case 12 -> quotient(expression(depth + 1), expression(depth + 1));
            case 13 -> {
                Said base = abs(expression(depth + 1));
                float exponent = 1 + random.nextInt(4) / 2f;
                yield new Said(
                        Expression.newBuilder()
                                .setPow(PowExpression.newBuilder()
                                        .setBase(base.expression())
                                        .setExponent(Expression.newBuilder().setConstant(exponent)))
                                .build(),
                        (doc, scores) -> Math.pow(base.meaning().of(doc, scores), exponent));
            }
            case 14 -> {
                Said of = product(constant(-0.25f), abs(expression(depth + 1)));
                yield new Said(
                        Expression.newBuilder().setExp(of.expression()).build(),
                        (doc, scores) -> Math.exp(of.meaning().of(doc, scores)));
            }
            case 15 -> logarithm(depth);
            default -> decay(depth);
        };
    }

    private Said score() {
        int prefetch = random.nextInt(prefetches);
        String name = prefetch == 0 ? "$score" : "$score[" + prefetch + "]";
        double missing = prefetch == 1 ? SCORE_DEFAULT : 0;
        return new Said(
                Expression.newBuilder().setVariable(name).build(),
                (doc, scores) -> scores.get(prefetch).getOrDefault(doc.id(), missing));
    }

    private static Said constant(float constant) {
        return new Said(Expression.newBuilder().setConstant(constant).build(), (doc, scores) -> constant);
    }

    private static Said product(Said a, Said b) {
        return new Said(
                Expression.newBuilder()
                        .setMult(MultExpression.newBuilder()
                                .addMult(a.expression())
                                .addMult(b.expression()))
                        .build(),
                (doc, scores) -> a.meaning().of(doc, scores) * b.meaning().of(doc, scores));
    }

    private static Said abs(Said of) {
        return new Said(
                Expression.newBuilder().setAbs(of.expression()).build(),
                (doc, scores) -> Math.abs(of.meaning().of(doc, scores)));
    }

    /** Metres to a place are many; a score of so many would hide the others. */
    private Said megametres() {
        double lon = random.nextInt(300) - 150;
        double lat = random.nextInt(140) - 70;
        Said metres = new Said(
                Expression.newBuilder()
                        .setGeoDistance(GeoDistance.newBuilder()
                                .setOrigin(GeoPoint.newBuilder().setLon(lon).setLat(lat))
                                .setTo("place"))
                        .build(),
                (doc, scores) -> metres(lat, lon, doc.lat(), doc.lon()));
        return product(constant(1e-6f), metres);
    }

    static double metres(double lat, double lon, double lat2, double lon2) {
        // by the angle between the two directions: another way than the engine's
        double[] a = direction(lat, lon);
        double[] b = direction(lat2, lon2);
        double x = a[1] * b[2] - a[2] * b[1];
        double y = a[2] * b[0] - a[0] * b[2];
        double z = a[0] * b[1] - a[1] * b[0];
        return EARTH * Math.atan2(Math.sqrt(x * x + y * y + z * z), a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
    }

    private static double[] direction(double lat, double lon) {
        double p = Math.toRadians(lat);
        double l = Math.toRadians(lon);
        return new double[] {Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)};
    }

    /** From a date to the point's, in units of some days. */
    private Said days() {
        Instant from = Instant.parse("2024-0" + (1 + random.nextInt(9)) + "-10T06:00:00Z");
        Said seconds = new Said(
                Expression.newBuilder()
                        .setSum(SumExpression.newBuilder()
                                .addSum(Expression.newBuilder().setDatetimeKey("when"))
                                .addSum(Expression.newBuilder()
                                        .setNeg(Expression.newBuilder().setDatetime(from.toString()))))
                        .build(),
                (doc, scores) -> doc.when().getEpochSecond() - from.getEpochSecond());
        return product(constant(1e-6f), seconds);
    }

    /** Where the divisor is 0, a value of its own; a divisor is 0 or far from it. */
    private Said quotient(Said left, Said right) {
        Said divisor = new Said(
                Expression.newBuilder().setVariable("n").build(),
                (doc, scores) -> doc.price() == null ? PRICE_DEFAULT : doc.price());
        float byZero = random.nextInt(5);
        Said whole = random.nextBoolean()
                ? divisor
                : new Said(
                        Expression.newBuilder()
                                .setSum(SumExpression.newBuilder()
                                        .addSum(Expression.newBuilder().setConstant(1))
                                        .addSum(abs(right).expression()))
                                .build(),
                        (doc, scores) -> 1 + Math.abs(right.meaning().of(doc, scores)));
        return new Said(
                Expression.newBuilder()
                        .setDiv(DivExpression.newBuilder()
                                .setLeft(left.expression())
                                .setRight(whole.expression())
                                .setByZeroDefault(byZero))
                        .build(),
                (doc, scores) -> {
                    double dividend = left.meaning().of(doc, scores);
                    double by = whole.meaning().of(doc, scores);
                    return dividend == 0 ? 0 : by == 0 ? byZero : dividend / by;
                });
    }

    private Said logarithm(int depth) {
        Said of = abs(expression(depth + 1));
        Expression more = Expression.newBuilder()
                .setSum(SumExpression.newBuilder()
                        .addSum(Expression.newBuilder().setConstant(1))
                        .addSum(of.expression()))
                .build();
        return random.nextBoolean()
                ? new Said(
                        Expression.newBuilder().setLn(more).build(),
                        (doc, scores) -> Math.log(1 + of.meaning().of(doc, scores)))
                : new Said(
                        Expression.newBuilder().setLog10(more).build(),
                        (doc, scores) -> Math.log10(1 + of.meaning().of(doc, scores)));
    }

    private Said decay(int depth) {
        Said x = expression(depth + 1);
        DecayParamsExpression.Builder params =
                DecayParamsExpression.newBuilder().setX(x.expression());
        Said target = random.nextBoolean() ? constant(random.nextInt(9) / 2f) : constant(0);
        if (random.nextBoolean()) {
            params.setTarget(target.expression());
        } else {
            target = constant(0);
        }
        float scale = random.nextBoolean() ? 1 : 1 + random.nextInt(8) / 2f;
        float midpoint = random.nextBoolean() ? 0.5f : 0.25f;
        if (scale != 1) {
            params.setScale(scale);
        }
        if (midpoint != 0.5f) {
            params.setMidpoint(midpoint);
        }
        Meaning to = target.meaning();
        Meaning distance = (doc, scores) -> Math.abs(x.meaning().of(doc, scores) - to.of(doc, scores)) / scale;
        return switch (random.nextInt(3)) {
            case 0 ->
                new Said(
                        Expression.newBuilder().setLinDecay(params).build(),
                        (doc, scores) -> Math.max(0, 1 - (1 - midpoint) * distance.of(doc, scores)));
            case 1 ->
                new Said(
                        Expression.newBuilder().setExpDecay(params).build(),
                        (doc, scores) -> Math.pow(midpoint, distance.of(doc, scores)));
            default ->
                new Said(
                        Expression.newBuilder().setGaussDecay(params).build(),
                        (doc, scores) -> Math.pow(midpoint, Math.pow(distance.of(doc, scores), 2)));
        };
    }
}
