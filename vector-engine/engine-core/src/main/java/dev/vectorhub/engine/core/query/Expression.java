package dev.vectorhub.engine.core.query;

import dev.vectorhub.engine.core.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of a formula, over a point's payload and its scores in the prefetches. */
public sealed interface Expression {

    record Constant(double value) implements Expression {}

    /** The point's score in a prefetch; the default of {@code name}, or 0, where it has none. */
    record Score(int prefetch, String name) implements Expression {}

    /** A number in the payload. */
    record Variable(String key) implements Expression {}

    /** 1 where the condition holds, else 0. */
    record Holds(Condition condition) implements Expression {}

    /** Metres from the origin to the place in the payload. */
    record GeoDistance(double lat, double lon, String key) implements Expression {}

    /** Seconds since 1970-01-01T00:00Z of a date in the payload. */
    record DatetimeKey(String key) implements Expression {}

    record Product(List<Expression> factors) implements Expression {}

    record Sum(List<Expression> terms) implements Expression {}

    /**
     * One number over another.
     *
     * @param byZero the value where the divisor is 0; without one that is an error
     */
    record Quotient(
            Expression left, Expression right, @Nullable Double byZero) implements Expression {}

    record Power(Expression base, Expression exponent) implements Expression {}

    record Unary(Function function, Expression of) implements Expression {}

    /** Functions of one number. */
    enum Function {
        NEG,
        ABS,
        SQRT,
        EXP,
        LOG10,
        LN
    }

    /**
     * 1 at the target, {@code midpoint} at a distance of {@code scale} from it, towards 0 beyond.
     *
     * @param target 0 where none is given
     */
    record Decay(Curve curve, Expression x, @Nullable Expression target, double scale, double midpoint)
            implements Expression {}

    /** How a decay falls. */
    enum Curve {
        LINEAR,
        EXPONENTIAL,
        GAUSSIAN
    }
}
