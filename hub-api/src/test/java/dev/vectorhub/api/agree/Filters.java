package dev.vectorhub.api.agree;

import com.google.protobuf.Timestamp;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.DatetimeRange;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.MinShould;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.Common.ValuesCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;

/** Random filters, each beside what it means. */
final class Filters {

    record Meaning<T>(T said, Predicate<Doc> holds) {}

    private Filters() {}

    static Meaning<Filter> filter(Random random, int depth) {
        Filter.Builder filter = Filter.newBuilder();
        Predicate<Doc> holds = doc -> true;
        if (random.nextInt(2) == 0) {
            for (Meaning<Condition> condition : conditions(random, depth)) {
                filter.addMust(condition.said());
                holds = holds.and(condition.holds());
            }
        }
        if (random.nextInt(2) == 0) {
            Predicate<Doc> any = doc -> false;
            for (Meaning<Condition> condition : conditions(random, depth)) {
                filter.addShould(condition.said());
                any = any.or(condition.holds());
            }
            holds = holds.and(any);
        }
        if (random.nextInt(3) == 0) {
            for (Meaning<Condition> condition : conditions(random, depth)) {
                filter.addMustNot(condition.said());
                holds = holds.and(condition.holds().negate());
            }
        }
        if (random.nextInt(5) == 0) {
            List<Meaning<Condition>> conditions = conditions(random, depth);
            int least = 1 + random.nextInt(conditions.size());
            MinShould.Builder some = MinShould.newBuilder().setMinCount(least);
            conditions.forEach(condition -> some.addConditions(condition.said()));
            filter.setMinShould(some);
            holds = holds.and(
                    doc -> conditions.stream().filter(c -> c.holds().test(doc)).count() >= least);
        }
        return new Meaning<>(filter.build(), holds);
    }

    private static List<Meaning<Condition>> conditions(Random random, int depth) {
        List<Meaning<Condition>> conditions = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            conditions.add(condition(random, depth));
        }
        return conditions;
    }

    static Meaning<Condition> condition(Random random, int depth) {
        long group = random.nextInt(Doc.GROUPS);
        return switch (random.nextInt(depth > 1 ? 19 : 20)) {
            case 0 -> new Meaning<>(ConditionFactory.match("g", group), doc -> is(doc, group));
            case 1 ->
                new Meaning<>(
                        ConditionFactory.matchValues("g", List.of(group, group + 2)),
                        doc -> is(doc, group) || is(doc, group + 2));
            case 2 ->
                new Meaning<>(
                        ConditionFactory.matchExceptValues("g", List.of(group, group + 1)),
                        doc -> doc.group() != null && !is(doc, group) && !is(doc, group + 1));
            case 3 -> {
                double from = random.nextInt(40) / 4.0;
                double to = from + random.nextInt(30) / 4.0;
                yield new Meaning<>(
                        ConditionFactory.range(
                                "n", Range.newBuilder().setGte(from).setLt(to).build()),
                        doc -> doc.price() != null && doc.price() >= from && doc.price() < to);
            }
            case 4 -> new Meaning<>(ConditionFactory.isEmpty("g"), doc -> doc.group() == null);
            case 5 ->
                new Meaning<>(
                        ConditionFactory.match("tags", group % 5),
                        doc -> doc.tags().contains(group % 5));
            case 6 ->
                new Meaning<>(
                        ConditionFactory.isEmpty("tags"), doc -> doc.tags().isEmpty());
            case 7 -> ids(random);
            case 8 -> new Meaning<>(ConditionFactory.isNull("note"), Doc::nullNote);
            case 9 -> new Meaning<>(ConditionFactory.isEmpty("note"), doc -> doc.note() == null);
            case 10 -> {
                String vector = List.of("dense", "rows", "words").get(random.nextInt(3));
                yield new Meaning<>(
                        ConditionFactory.hasVector(vector), doc -> doc.vectors().containsKey(vector));
            }
            case 11 -> time(random);
            case 12, 13 -> Places.condition(random);
            case 14 -> {
                int most = 1 + random.nextInt(3);
                yield new Meaning<>(
                        ConditionFactory.valuesCount(
                                "tags",
                                ValuesCount.newBuilder().setGte(1).setLt(most).build()),
                        doc -> !doc.tags().isEmpty() && doc.tags().size() < most);
            }
            case 15, 16 -> words(random);
            case 17 -> {
                long kind = random.nextInt(Doc.KINDS);
                yield new Meaning<>(
                        ConditionFactory.match("items[].kind", kind),
                        doc -> doc.items().stream().anyMatch(item -> item.kind() == kind));
            }
            case 18 -> nested(random);
            default -> {
                Meaning<Filter> inner = filter(random, depth + 1);
                yield new Meaning<>(ConditionFactory.filter(inner.said()), inner.holds());
            }
        };
    }

    private static Meaning<Condition> ids(Random random) {
        List<PointId> ids = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        for (int i = random.nextInt(60); i > 0; i--) {
            long id = random.nextInt(300);
            ids.add(PointIdFactory.id(id));
            numbers.add(id);
        }
        return new Meaning<>(ConditionFactory.hasId(ids), doc -> numbers.contains(doc.id()));
    }

    private static Meaning<Condition> time(Random random) {
        Instant from = Doc.SPRING.plusSeconds(random.nextInt(Doc.SECONDS));
        Instant to = from.plusSeconds(random.nextInt(Doc.SECONDS / 2));
        return new Meaning<>(
                ConditionFactory.datetimeRange(
                        "when",
                        DatetimeRange.newBuilder()
                                .setGt(Timestamp.newBuilder().setSeconds(from.getEpochSecond()))
                                .setLte(Timestamp.newBuilder().setSeconds(to.getEpochSecond()))
                                .build()),
                doc -> doc.when().isAfter(from) && !doc.when().isAfter(to));
    }

    /** All words, any of them, or all of them one after another. */
    private static Meaning<Condition> words(Random random) {
        String words = Doc.words(1 + random.nextInt(3), random);
        List<String> wanted = List.of(words.toLowerCase(Locale.ROOT).split(" ", -1));
        return switch (random.nextInt(3)) {
            case 0 ->
                new Meaning<>(
                        ConditionFactory.matchText("note", words),
                        doc -> tokens(doc).containsAll(wanted));
            case 1 ->
                new Meaning<>(
                        ConditionFactory.matchTextAny("note", words),
                        doc -> !Collections.disjoint(tokens(doc), wanted));
            default ->
                new Meaning<>(
                        ConditionFactory.matchPhrase("note", words),
                        doc -> Collections.indexOfSubList(tokens(doc), wanted) >= 0);
        };
    }

    private static List<String> tokens(Doc doc) {
        return doc.note() == null
                ? List.of()
                : List.of(doc.note().toLowerCase(Locale.ROOT).split(" ", -1));
    }

    /** One object that fulfils both. */
    private static Meaning<Condition> nested(Random random) {
        long kind = random.nextInt(Doc.KINDS);
        long least = random.nextInt(10);
        Filter both = Filter.newBuilder()
                .addMust(ConditionFactory.match("kind", kind))
                .addMust(ConditionFactory.range(
                        "count", Range.newBuilder().setGte(least).build()))
                .build();
        return new Meaning<>(
                ConditionFactory.nested("items", both),
                doc -> doc.items().stream().anyMatch(item -> item.kind() == kind && item.count() >= least));
    }

    private static boolean is(Doc doc, long group) {
        return doc.group() != null && doc.group() == group;
    }
}
