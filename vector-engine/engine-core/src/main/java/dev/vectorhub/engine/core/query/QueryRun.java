package dev.vectorhub.engine.core.query;

import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.OrderBy;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.query.QueryReader.Combination;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs a query from its leaves to its root. A filter of any level holds for all levels below it, so that limits of prefetches
 * apply to points that may stay in the answer.
 */
public final class QueryRun {

    private final QueryReader reader;

    private QueryRun(QueryReader reader) {
        this.reader = reader;
    }

    /**
     * The answer's points, best first: offset, threshold and limit applied.
     *
     * @throws StoreException {@code INVALID_ARGUMENT}, {@code NOT_FOUND} for an example that is not there
     */
    public static List<Hit> run(QueryReader reader, QuerySpec spec) {
        return new QueryRun(reader).source(spec, null, true).hits();
    }

    private Source source(QuerySpec spec, @Nullable Filter inherited, boolean root) {
        SearchSpec base = spec.base();
        Filter filter = both(inherited, base.filter());
        int offset = root ? base.offset() : 0;
        int window = Math.addExact(base.limit(), offset);
        Source found;
        if (spec.prefetch().isEmpty()) {
            found = leaf(spec, filter, window, false);
        } else {
            List<Source> sources = new ArrayList<>(spec.prefetch().size());
            for (QuerySpec prefetch : spec.prefetch()) {
                sources.add(source(prefetch, filter, false));
            }
            found = merged(spec, sources, filter, window);
        }
        return cut(found, base.scoreThreshold(), offset, base.limit());
    }

    private static Source cut(Source found, @Nullable Float threshold, int offset, int limit) {
        List<Hit> hits = new ArrayList<>(Math.min(limit, found.hits().size()));
        for (int i = offset; i < found.hits().size() && hits.size() < limit; i++) {
            Hit hit = found.hits().get(i);
            boolean good =
                    threshold == null || (found.higherIsBetter() ? hit.score() >= threshold : hit.score() <= threshold);
            if (good) {
                hits.add(hit);
            }
        }
        return new Source(hits, found.higherIsBetter());
    }

    private Source merged(QuerySpec spec, List<Source> sources, @Nullable Filter filter, int window) {
        return switch (spec.query()) {
            case Query.Rrf rrf -> new Source(Fusions.rrf(sources, rrf), true);
            case Query.Dbsf() -> new Source(Fusions.dbsf(sources), true);
            case Query.Formula formula -> new Source(FormulaRun.run(reader, formula, sources), true);
            default -> {
                Set<PointId> candidates = new HashSet<>();
                for (Source source : sources) {
                    for (Hit hit : source.hits()) {
                        candidates.add(hit.id());
                    }
                }
                if (candidates.isEmpty()) {
                    yield new Source(List.of(), true);
                }
                Filter only = Filter.must(new Condition.HasId(List.copyOf(candidates)));
                yield leaf(spec, both(filter, only), window, true);
            }
        };
    }

    /** @param exact the filter names the candidates: each is looked at */
    private Source leaf(QuerySpec spec, @Nullable Filter filter, int window, boolean exact) {
        String using = spec.base().using();
        return switch (spec.query()) {
            case Query.Nearest(Query.Input input) -> {
                Examples examples = new Examples(using);
                VectorValue vector = examples.add(input);
                yield nearest(spec.base(), vector, examples.without(filter), window, exact);
            }
            case Query.Diverse diverse -> {
                Examples examples = new Examples(using);
                VectorValue vector = examples.add(diverse.input());
                int candidates = diverse.candidates() == 0 ? window : diverse.candidates();
                Source near = nearest(spec.base(), vector, examples.without(filter), candidates, exact);
                List<Hit> above =
                        cut(near, spec.base().scoreThreshold(), 0, candidates).hits();
                yield new Source(
                        Diversity.choose(reader, using, vector, above, diverse.diversity(), window),
                        near.higherIsBetter());
            }
            case Query.Recommend recommend -> recommend(spec.base(), recommend, filter, window, exact);
            case Query.Discover(Query.Input target, List<Query.Pair> context) -> {
                Examples examples = new Examples(using);
                examples.add(target);
                context.forEach(examples::add);
                yield combined(spec.base(), examples, Combinations.discover(), filter, window, exact);
            }
            case Query.Context(List<Query.Pair> pairs) -> {
                Examples examples = new Examples(using);
                pairs.forEach(examples::add);
                yield combined(spec.base(), examples, Combinations.context(), filter, window, exact);
            }
            case Query.Feedback feedback -> {
                Examples examples = new Examples(using);
                examples.add(feedback.target());
                float[] ratings = new float[feedback.examples().size()];
                for (int i = 0; i < ratings.length; i++) {
                    examples.add(feedback.examples().get(i).example());
                    ratings[i] = feedback.examples().get(i).rating();
                }
                Combination score = Combinations.feedback(ratings, feedback.a(), feedback.b(), feedback.c());
                yield combined(spec.base(), examples, score, filter, window, exact);
            }
            case Query.Sample(long seed) -> new Source(sample(filter, seed, window), true);
            case Query.ById() -> unscored(reader.first(filter, window));
            case Query.Ordered(OrderBy order) -> new Source(reader.ordered(filter, order, window), true);
            case Query.Rrf rrf -> throw StoreException.invalid("query: a fusion needs prefetches");
            case Query.Dbsf dbsf -> throw StoreException.invalid("query: a fusion needs prefetches");
            case Query.Formula formula -> throw StoreException.invalid("query: a formula needs prefetches");
        };
    }

    /** Points in an order that is not made of scores. */
    private static Source unscored(List<PointId> ids) {
        List<Hit> hits = new ArrayList<>(ids.size());
        for (PointId id : ids) {
            hits.add(new Hit(id, 1));
        }
        return new Source(hits, true);
    }

    private Source nearest(SearchSpec base, VectorValue vector, @Nullable Filter filter, int window, boolean exact) {
        List<Hit> hits = reader.nearest(base.with(vector, filter, window, exact));
        return new Source(hits, reader.distance(base.using()).higherIsBetter());
    }

    private Source recommend(
            SearchSpec base, Query.Recommend recommend, @Nullable Filter filter, int window, boolean exact) {
        Examples examples = new Examples(base.using());
        recommend.positive().forEach(examples::add);
        recommend.negative().forEach(examples::add);
        int positive = recommend.positive().size();
        return switch (recommend.strategy()) {
            case AVERAGE_VECTOR -> {
                if (positive == 0) {
                    throw StoreException.invalid("recommend.positive: at least one example is wanted");
                }
                VectorValue average = Averages.of(examples.vectors, positive);
                yield nearest(base, average, examples.without(filter), window, exact);
            }
            case BEST_SCORE -> combined(base, examples, Combinations.bestScore(positive), filter, window, exact);
            case SUM_SCORES -> combined(base, examples, Combinations.sumScores(positive), filter, window, exact);
        };
    }

    private Source combined(
            SearchSpec base,
            Examples examples,
            Combination combination,
            @Nullable Filter filter,
            int window,
            boolean exact) {
        if (examples.vectors.isEmpty()) {
            throw StoreException.invalid("query: at least one example is wanted");
        }
        SearchSpec spec = base.with(examples.vectors.getFirst(), examples.without(filter), window, exact);
        return new Source(reader.best(spec, examples.vectors, combination), true);
    }

    private List<Hit> sample(@Nullable Filter filter, long seed, int limit) {
        record Drawn(long lot, PointId id) {}
        PriorityQueue<Drawn> kept =
                new PriorityQueue<>(Comparator.comparingLong(Drawn::lot).reversed());
        reader.each(filter, id -> {
            Drawn drawn = new Drawn(mix(seed ^ mix(id.hashCode() + seed)), id);
            if (kept.size() < limit) {
                kept.add(drawn);
            } else if (drawn.lot() < kept.element().lot()) {
                kept.remove();
                kept.add(drawn);
            }
        });
        List<Hit> hits = new ArrayList<>(kept.size());
        while (!kept.isEmpty()) {
            hits.add(new Hit(kept.remove().id(), 1));
        }
        return hits;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }

    static @Nullable Filter both(@Nullable Filter outer, @Nullable Filter inner) {
        if (outer == null) {
            return inner;
        }
        if (inner == null) {
            return outer;
        }
        return new Filter(
                List.of(new Condition.Group(outer), new Condition.Group(inner)),
                List.of(),
                List.of(),
                null,
                outer.strict() || inner.strict());
    }

    /** The vectors of a query, and the points that it names. */
    private final class Examples {
        private final String using;
        private final List<VectorValue> vectors = new ArrayList<>();
        private final List<PointId> named = new ArrayList<>();

        Examples(String using) {
            this.using = using;
        }

        VectorValue add(Query.Input input) {
            VectorValue vector = switch (input) {
                case Query.Input.OfVector(VectorValue given) -> reader.stored(given, using);
                case Query.Input.OfPoint(PointId id) -> {
                    named.add(id);
                    yield reader.vector(id, using);
                }
            };
            vectors.add(vector);
            return vector;
        }

        void add(Query.Pair pair) {
            add(pair.positive());
            add(pair.negative());
        }

        @Nullable
        Filter without(@Nullable Filter filter) {
            return named.isEmpty() ? filter : both(filter, Filter.mustNot(new Condition.HasId(named)));
        }
    }
}
