package dev.vectorhub.api.qdrant.filter;

import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.MatchCondition;
import dev.vectorhub.engine.wire.v1.Values;

/** {@code match}: exactly one of its kinds. */
final class MatchReader {

    private MatchReader() {}

    /** Without its key. */
    static MatchCondition.Builder match(JsonBody body) {
        body.expectObject();
        MatchCondition.Builder match = MatchCondition.newBuilder();
        int kinds = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "value" -> value(body, match);
                case "any" -> match.setAny(values(body));
                case "except" -> match.setExcept(values(body));
                case "text" -> match.setText(body.string());
                case "text_any" -> match.setTextAny(body.string());
                case "phrase" -> match.setPhrase(body.string());
                case "prefix" -> match.setPrefix(body.string());
                default -> {
                    body.skip();
                    continue;
                }
            }
            kinds++;
        }
        if (kinds != 1) {
            throw body.format(
                    "a match has exactly one of `value`, `any`, `except`, `text`, `text_any`, `phrase`, `prefix`");
        }
        return match;
    }

    private static void value(JsonBody body, MatchCondition.Builder match) {
        switch (body.token()) {
            case VALUE_STRING -> match.setKeyword(body.text());
            case VALUE_NUMBER_INT -> match.setInteger(body.int64());
            case VALUE_TRUE -> match.setBoolean(true);
            case VALUE_FALSE -> match.setBoolean(false);
            default -> throw body.mismatch("a string, an integer or a boolean");
        }
    }

    private static Values values(JsonBody body) {
        body.expectArray();
        Values.Builder values = Values.newBuilder();
        while (body.nextElement()) {
            FilterReader.bound(body, values.getKeywordsCount() + values.getIntegersCount());
            switch (body.token()) {
                case VALUE_STRING -> values.addKeywords(body.text());
                case VALUE_NUMBER_INT -> values.addIntegers(body.int64());
                default -> throw body.mismatch("a string or an integer");
            }
            if (values.getKeywordsCount() > 0 && values.getIntegersCount() > 0) {
                throw body.format("the values are strings or integers, not both");
            }
        }
        return values.build();
    }
}
