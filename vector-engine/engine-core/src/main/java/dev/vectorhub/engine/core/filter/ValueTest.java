package dev.vectorhub.engine.core.filter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Condition.MatchValue;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A test of one JSON value: the parser stands on it, and stays there. */
@FunctionalInterface
interface ValueTest {
    boolean holds(JsonToken token, JsonParser parser) throws IOException;

    static ValueTest of(MatchValue value) {
        return switch (value) {
            case MatchValue.Keyword(String wanted) ->
                (token, parser) -> token == JsonToken.VALUE_STRING && wanted.equals(parser.getText());
            case MatchValue.Int(long wanted) ->
                (token, parser) -> isLong(token, parser) && parser.getLongValue() == wanted;
            case MatchValue.Bool(boolean wanted) ->
                (token, parser) -> token == (wanted ? JsonToken.VALUE_TRUE : JsonToken.VALUE_FALSE);
            case MatchValue.Any(List<String> keywords, List<Long> integers) -> {
                Set<String> texts = new HashSet<>(keywords);
                Set<Long> numbers = new HashSet<>(integers);
                yield (token, parser) -> isOneOf(token, parser, texts, numbers);
            }
            case MatchValue.Except(List<String> keywords, List<Long> integers) -> {
                Set<String> texts = new HashSet<>(keywords);
                Set<Long> numbers = new HashSet<>(integers);
                yield (token, parser) -> token != JsonToken.VALUE_NULL && !isOneOf(token, parser, texts, numbers);
            }
        };
    }

    static ValueTest of(Condition.Range range) {
        Double lt = range.lt();
        Double gt = range.gt();
        Double gte = range.gte();
        Double lte = range.lte();
        return (token, parser) -> token.isNumeric() && within(parser.getDoubleValue(), lt, gt, gte, lte);
    }

    private static boolean within(
            double value, @Nullable Double lt, @Nullable Double gt, @Nullable Double gte, @Nullable Double lte) {
        return (lt == null || value < lt)
                && (gt == null || value > gt)
                && (gte == null || value >= gte)
                && (lte == null || value <= lte);
    }

    private static boolean isOneOf(JsonToken token, JsonParser parser, Set<String> texts, Set<Long> numbers)
            throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return !texts.isEmpty() && texts.contains(parser.getText());
        }
        return !numbers.isEmpty() && isLong(token, parser) && numbers.contains(parser.getLongValue());
    }

    /** A fraction is no integer, whatever its value; nor is one beyond 64 bits. */
    static boolean isLong(JsonToken token, JsonParser parser) throws IOException {
        return token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }
}
