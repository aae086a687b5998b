package dev.vectorhub.api.agree;

import io.qdrant.client.ConditionFactory;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.MinShould;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Common.Range;
import java.util.ArrayList;
import java.util.List;
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
        return switch (random.nextInt(depth > 1 ? 9 : 10)) {
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
            case 7 -> {
                List<PointId> ids = new ArrayList<>();
                List<Long> numbers = new ArrayList<>();
                for (int i = random.nextInt(60); i > 0; i--) {
                    long id = random.nextInt(300);
                    ids.add(PointIdFactory.id(id));
                    numbers.add(id);
                }
                yield new Meaning<>(ConditionFactory.hasId(ids), doc -> numbers.contains(doc.id()));
            }
            case 8 -> new Meaning<>(ConditionFactory.isNull("g"), doc -> false);
            default -> {
                Meaning<Filter> inner = filter(random, depth + 1);
                yield new Meaning<>(ConditionFactory.filter(inner.said()), inner.holds());
            }
        };
    }

    private static boolean is(Doc doc, long group) {
        return doc.group() != null && doc.group() == group;
    }
}
