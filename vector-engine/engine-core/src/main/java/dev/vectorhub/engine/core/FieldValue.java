package dev.vectorhub.engine.core;

/**
 * A value of a payload field, as facets and orders name it. Ordered by kind (booleans, numbers, texts), then by value: numbers by
 * what they are worth, texts by code point.
 */
public sealed interface FieldValue extends Comparable<FieldValue> {
    record Bool(boolean value) implements FieldValue {}

    record Int(long value) implements FieldValue {}

    record Real(double value) implements FieldValue {}

    record Keyword(String value) implements FieldValue {}

    @Override
    default int compareTo(FieldValue other) {
        if (this instanceof Keyword(String a) && other instanceof Keyword(String b)) {
            return a.compareTo(b);
        }
        if (this instanceof Int(long a) && other instanceof Int(long b)) {
            return Long.compare(a, b);
        }
        if (this instanceof Bool(boolean a) && other instanceof Bool(boolean b)) {
            return Boolean.compare(a, b);
        }
        int byKind = Integer.compare(rank(), other.rank());
        return byKind != 0 ? byKind : Double.compare(number(), other.number());
    }

    private int rank() {
        return switch (this) {
            case Bool _ -> 0;
            case Int _, Real _ -> 1;
            case Keyword _ -> 2;
        };
    }

    private double number() {
        return switch (this) {
            case Int(long value) -> value;
            case Real(double value) -> value;
            case Bool _, Keyword _ -> 0;
        };
    }
}
