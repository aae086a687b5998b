package dev.vectorhub.engine.node.codec;

import static dev.vectorhub.engine.node.codec.ModelCodec.bound;
import static dev.vectorhub.engine.node.codec.ModelCodec.count;
import static dev.vectorhub.engine.node.codec.ModelCodec.invalid;
import static dev.vectorhub.engine.node.codec.ModelCodec.text;

import dev.vectorhub.engine.core.query.Expression;
import dev.vectorhub.engine.wire.v1.Decay;
import dev.vectorhub.engine.wire.v1.Expressions;
import dev.vectorhub.engine.wire.v1.Filter;
import java.util.ArrayList;
import java.util.List;

/** Expressions of a formula; for one formula. */
final class ExpressionCodec {
    /** Two messages a level; protobuf reads back 100 within each other. */
    static final int DEPTH_MAX = 30;

    static final int EXPRESSIONS_MAX = 1_000;

    private int left = EXPRESSIONS_MAX;

    Expression expression(dev.vectorhub.engine.wire.v1.Expression expression, int depth) {
        bound(depth, DEPTH_MAX, "expressions within each other");
        if (--left < 0) {
            throw invalid("a formula has at most " + EXPRESSIONS_MAX + " expressions");
        }
        return switch (expression.getKindCase()) {
            case CONSTANT -> new Expression.Constant(finite(expression.getConstant()));
            case SCORE ->
                new Expression.Score(
                        count(expression.getScore().getPrefetch(), "the number of a prefetch"),
                        text(expression.getScore().getName(), "a variable"));
            case VARIABLE -> new Expression.Variable(text(expression.getVariable(), "a payload key"));
            case CONDITION ->
                new Expression.Holds(FilterCodec.filter(Filter.newBuilder()
                                .addMust(expression.getCondition())
                                .build())
                        .must()
                        .getFirst());
            case GEO_DISTANCE ->
                new Expression.GeoDistance(
                        finite(expression.getGeoDistance().getOrigin().getLat()),
                        finite(expression.getGeoDistance().getOrigin().getLon()),
                        text(expression.getGeoDistance().getKey(), "a payload key"));
            case DATETIME_KEY -> new Expression.DatetimeKey(text(expression.getDatetimeKey(), "a payload key"));
            case PRODUCT -> new Expression.Product(list(expression.getProduct(), depth));
            case SUM -> new Expression.Sum(list(expression.getSum(), depth));
            case QUOTIENT -> {
                var quotient = expression.getQuotient();
                yield new Expression.Quotient(
                        expression(quotient.getLeft(), depth + 1),
                        expression(quotient.getRight(), depth + 1),
                        quotient.hasByZero() ? Double.valueOf(finite(quotient.getByZero())) : null);
            }
            case POWER ->
                new Expression.Power(
                        expression(expression.getPower().getBase(), depth + 1),
                        expression(expression.getPower().getExponent(), depth + 1));
            case UNARY ->
                new Expression.Unary(
                        switch (expression.getUnary().getFunction()) {
                            case NEG -> Expression.Function.NEG;
                            case ABS -> Expression.Function.ABS;
                            case SQRT -> Expression.Function.SQRT;
                            case EXP -> Expression.Function.EXP;
                            case LOG10 -> Expression.Function.LOG10;
                            case LN -> Expression.Function.LN;
                            case UNRECOGNIZED -> throw invalid("unknown function of a formula");
                        },
                        expression(expression.getUnary().getOf(), depth + 1));
            case DECAY -> decay(expression.getDecay(), depth);
            case KIND_NOT_SET -> throw invalid("an expression of a formula is empty");
        };
    }

    private Expression decay(Decay decay, int depth) {
        if (!(decay.getScale() > 0) || !Double.isFinite(decay.getScale())) {
            throw invalid("scale of a decay is above 0");
        }
        if (!(decay.getMidpoint() > 0 && decay.getMidpoint() < 1)) {
            throw invalid("midpoint of a decay is between 0 and 1");
        }
        return new Expression.Decay(
                switch (decay.getCurve()) {
                    case LINEAR -> Expression.Curve.LINEAR;
                    case EXPONENTIAL -> Expression.Curve.EXPONENTIAL;
                    case GAUSSIAN -> Expression.Curve.GAUSSIAN;
                    case UNRECOGNIZED -> throw invalid("unknown curve of a decay");
                },
                expression(decay.getX(), depth + 1),
                decay.hasTarget() ? expression(decay.getTarget(), depth + 1) : null,
                decay.getScale(),
                decay.getMidpoint());
    }

    private List<Expression> list(Expressions expressions, int depth) {
        List<Expression> list = new ArrayList<>(expressions.getListCount());
        for (var expression : expressions.getListList()) {
            list.add(expression(expression, depth + 1));
        }
        return list;
    }

    private static double finite(double value) {
        if (!Double.isFinite(value)) {
            throw invalid("numbers of a formula are finite");
        }
        return value;
    }
}
