package dev.vectorhub.api.agree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.api.agree.Level.Answer;
import dev.vectorhub.api.agree.Level.Order;
import dev.vectorhub.api.agree.Level.Scored;
import dev.vectorhub.api.grpc.GrpcServer;
import dev.vectorhub.api.grpc.form.Queries;
import dev.vectorhub.api.grpc.form.Reads;
import dev.vectorhub.plan.Limits;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.Direction;
import io.qdrant.client.grpc.Points.FacetCounts;
import io.qdrant.client.grpc.Points.FacetHit;
import io.qdrant.client.grpc.Points.OrderBy;
import io.qdrant.client.grpc.Points.PointGroup;
import io.qdrant.client.grpc.Points.QueryPointGroups;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.WithLookup;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Random queries of every kind over random collections: what REST answers, what gRPC answers and what brute force finds are the
 * same points in the same order with the same scores. {@code -Dhub.test.queries=N} asks N queries, {@code -Dhub.test.seed=S}
 * others.
 */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class AnswersAgreeIT {

    private static final int QUERIES = Integer.getInteger("hub.test.queries", 600);
    private static final long SEED = Long.getLong("hub.test.seed", 20_26);
    private static final int QUERIES_EACH = 100;
    private static final double NEAR = 1e-4;

    @Inject
    Tenants tenants;

    @Inject
    GrpcServer server;

    private Asked hub;
    private String collection = "";
    private List<Doc> docs = List.of();
    private List<Space> spaces = List.of();

    @BeforeEach
    void connect() {
        Limits limits = new Limits(100, 100_000, 1L << 30, 100_000_000);
        hub = new Asked(
                RestAssured.port,
                server.port(),
                tenants.key(tenants.limited("agree", limits)).secret());
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        hub.close();
    }

    @Test
    void queriesAgree() throws Exception {
        Filling filling = new Filling(hub);
        filling.lookups();
        for (int round = 0; round * QUERIES_EACH < QUERIES; round++) {
            Random random = new Random(SEED + round);
            collection = "agree-" + round;
            spaces = Space.some(round, random);
            docs = filling.fill(collection, spaces, random);
            List<Doc> elsewhere = filling.plain("other", spaces, random);
            Questions questions = new Questions(docs, elsewhere, "other", spaces, random);
            for (int i = 0; i < QUERIES_EACH; i++) {
                switch (i % 10) {
                    case 8 -> scrolled(random);
                    case 9 -> grouped(questions.level(3), random);
                    default -> ask(questions.level(0));
                }
            }
            hub.done(hub.grpc().deleteCollectionAsync(collection));
            hub.done(hub.grpc().deleteCollectionAsync("other"));
        }
    }

    private void ask(Level level) throws Exception {
        QueryPoints question = level.question(collection);
        List<ScoredPoint> points = hub.done(hub.grpc().queryAsync(question));
        JsonNode tree =
                hub.post(collection, "points/query", Queries.of(question)).at("/result/points");
        List<Scored> overGrpc = scored(points);
        List<Scored> overRest = scored(tree);
        Answer expected = level.answer(docs);
        if (level.order() == Order.RANDOM) {
            sampled(expected, overRest, question);
            sampled(expected, overGrpc, question);
            return;
        }
        assertEquals(overGrpc, overRest, question::toString);
        Older older = Older.ask(hub, question);
        if (older != null) {
            assertEquals(overRest, scored(older.overGrpc()), question::toString);
            assertEquals(
                    overRest,
                    scored(hub.post(collection, "points/" + older.route(), older.body())
                            .get("result")),
                    question::toString);
        }
        if (question.getQuery().hasOrderBy()) {
            ordered(points, tree);
        }
        assertEquals(
                expected.points().size(),
                overRest.size(),
                () -> overRest + ", expected " + expected.points() + ", of " + question);
        if (level.order() == Order.EXACT) {
            assertEquals(ids(expected.points()), ids(overRest), question::toString);
        }
        Map<Long, Double> scores = new HashMap<>();
        expected.all().forEach(scored -> scores.put(scored.id(), scored.score()));
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < overRest.size(); i++) {
            Scored found = overRest.get(i);
            double wanted = expected.points().get(i).score();
            String place = "place " + i + " of " + overRest + ", expected " + expected.points() + ", of " + question;
            assertEquals(wanted, found.score(), near(wanted), place);
            // where rounding makes neighbours change places, their scores are the same to the eye
            double own = Objects.requireNonNull(scores.get(found.id()), place);
            assertEquals(own, found.score(), near(own), place);
            assertTrue(seen.add(found.id()), place);
            // distances are roots: two that are shown as one may differ
            if (level.kind().up()
                    && level.order() == Order.BY_SCORE
                    && !question.getQuery().hasNearestWithMmr()
                    && i > 0
                    && overRest.get(i - 1).score() == found.score()) {
                assertTrue(overRest.get(i - 1).id() < found.id(), place);
            }
        }
    }

    /** What orders a point stands beside it. */
    private void ordered(List<ScoredPoint> points, JsonNode tree) {
        Map<Long, Doc> byId = byId();
        for (int i = 0; i < points.size(); i++) {
            Double price = Objects.requireNonNull(byId.get(points.get(i).getId().getNum()))
                    .price();
            assertEquals(price, points.get(i).getOrderValue().getFloat());
            assertEquals(price, tree.get(i).get("order_value").asDouble());
        }
    }

    private static double near(double score) {
        return NEAR * Math.max(1, Math.abs(score));
    }

    private static void sampled(Answer expected, List<Scored> found, QueryPoints question) {
        Set<Long> drawn = new HashSet<>(ids(found));
        assertEquals(expected.points().size(), drawn.size(), question::toString);
        assertEquals(found.size(), drawn.size(), question::toString);
        assertTrue(ids(expected.all()).containsAll(drawn), question::toString);
    }

    /** Groups are filled from the whole ranking, best first. */
    private void grouped(Level level, Random random) throws Exception {
        if (level.order() != Order.EXACT || level.kind().said().hasNearestWithMmr()) {
            return;
        }
        int groups = 1 + random.nextInt(6);
        int size = 1 + random.nextInt(5);
        QueryPoints question = level.question(collection);
        QueryPointGroups.Builder query = QueryPointGroups.newBuilder()
                .setCollectionName(collection)
                .setQuery(question.getQuery())
                .setUsing(question.getUsing())
                .setGroupBy("g")
                .setGroupSize(size)
                .setLimit(groups)
                .setWithLookup(WithLookup.newBuilder()
                        .setCollection(Filling.LOOKUPS)
                        .setWithPayload(WithPayloadSelectorFactory.enable(true)));
        if (question.hasLookupFrom()) {
            query.setLookupFrom(question.getLookupFrom());
        }
        if (question.hasFilter()) {
            query.setFilter(question.getFilter());
        }
        if (question.hasScoreThreshold()) {
            query.setScoreThreshold(question.getScoreThreshold());
        }
        Map<Long, Doc> byId = byId();
        Map<Long, List<Long>> expected = new LinkedHashMap<>();
        for (Scored hit : level.answer(docs).all()) {
            Long group = Objects.requireNonNull(byId.get(hit.id())).group();
            if (group != null && level.good(hit) && (expected.containsKey(group) || expected.size() < groups)) {
                List<Long> of = expected.computeIfAbsent(group, none -> new ArrayList<>());
                if (of.size() < size) {
                    of.add(hit.id());
                }
            }
        }
        Map<Long, List<Long>> overGrpc = new LinkedHashMap<>();
        for (PointGroup group : hub.done(hub.grpc().queryGroupsAsync(query.build()))) {
            long id = group.getId().getUnsignedValue();
            overGrpc.put(id, ids(scored(group.getHitsList())));
            assertEquals(
                    "group " + id, group.getLookup().getPayloadOrThrow("title").getStringValue());
        }
        Map<Long, List<Long>> overRest = new LinkedHashMap<>();
        for (JsonNode group : hub.post(collection, "points/query/groups", Queries.of(query.build()))
                .at("/result/groups")) {
            long id = group.get("id").asLong();
            overRest.put(id, ids(scored(group.get("hits"))));
            assertEquals("group " + id, group.at("/lookup/payload/title").asText());
        }
        assertEquals(List.copyOf(expected.entrySet()), List.copyOf(overRest.entrySet()), query::toString);
        assertEquals(List.copyOf(overRest.entrySet()), List.copyOf(overGrpc.entrySet()), query::toString);
    }

    // ---- in order, by number

    /** Page by page, with vectors as they are stored; and how many there are, in all and of each group. */
    private void scrolled(Random random) throws Exception {
        Filters.Meaning<Filter> filter = Filters.filter(random, 0);
        List<Doc> matching = docs.stream()
                .filter(filter.holds())
                .sorted((a, b) -> Long.compare(a.id(), b.id()))
                .toList();
        CountPoints count = CountPoints.newBuilder()
                .setCollectionName(collection)
                .setFilter(filter.said())
                .setExact(true)
                .build();
        assertEquals(
                matching.size(), hub.done(hub.grpc().countAsync(collection, filter.said(), true)), count::toString);
        assertEquals(
                matching.size(),
                hub.post(collection, "points/count", Reads.of(count))
                        .at("/result/count")
                        .asInt());
        faceted(filter.said(), matching);
        ScrollPoints.Builder scroll = ScrollPoints.newBuilder()
                .setCollectionName(collection)
                .setFilter(filter.said())
                .setWithVectors(WithVectorsSelectorFactory.enable(true))
                .setLimit(1 + random.nextInt(40));
        if (random.nextInt(3) == 0) {
            byPrice(scroll, matching, random);
            return;
        }
        List<Long> found = new ArrayList<>();
        for (boolean more = true; more; ) {
            ScrollResponse page = hub.done(hub.grpc().scrollAsync(scroll.build()));
            JsonNode tree = hub.post(collection, "points/scroll", Reads.of(scroll.build()))
                    .get("result");
            assertEquals(page.getResultCount(), tree.get("points").size(), scroll::toString);
            for (int i = 0; i < page.getResultCount(); i++) {
                found.add(page.getResult(i).getId().getNum());
                same(page.getResult(i), tree.at("/points/" + i));
            }
            more = page.hasNextPageOffset();
            assertEquals(more, !tree.get("next_page_offset").isNull());
            if (more) {
                assertEquals(
                        page.getNextPageOffset().getNum(),
                        tree.get("next_page_offset").asLong());
                scroll.setOffset(page.getNextPageOffset());
            }
        }
        assertEquals(matching.stream().map(Doc::id).toList(), found, scroll::toString);
    }

    private void byPrice(ScrollPoints.Builder scroll, List<Doc> matching, Random random) throws Exception {
        boolean down = random.nextBoolean();
        scroll.setOrderBy(OrderBy.newBuilder().setKey("n").setDirection(down ? Direction.Desc : Direction.Asc));
        List<Doc> expected = Questions.byPrice(matching, down, null).stream()
                .limit(scroll.getLimit())
                .toList();
        ScrollResponse page = hub.done(hub.grpc().scrollAsync(scroll.build()));
        JsonNode tree =
                hub.post(collection, "points/scroll", Reads.of(scroll.build())).at("/result/points");
        assertEquals(
                expected.stream().map(Doc::id).toList(),
                page.getResultList().stream()
                        .map(point -> point.getId().getNum())
                        .toList(),
                scroll::toString);
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(
                    expected.get(i).price(), page.getResult(i).getOrderValue().getFloat());
            assertEquals(
                    expected.get(i).price(), tree.at("/" + i + "/order_value").asDouble());
            same(page.getResult(i), tree.get(i));
        }
    }

    private void faceted(Filter filter, List<Doc> matching) throws Exception {
        FacetCounts facet = FacetCounts.newBuilder()
                .setCollectionName(collection)
                .setKey("tags")
                .setFilter(filter)
                .setExact(true)
                .build();
        Map<Long, Long> expected = new HashMap<>();
        matching.forEach(doc -> Set.copyOf(doc.tags()).forEach(tag -> expected.merge(tag, 1L, Long::sum)));
        List<String> wanted = expected.entrySet().stream()
                .sorted((a, b) -> a.getValue().equals(b.getValue())
                        ? Long.compare(a.getKey(), b.getKey())
                        : Long.compare(b.getValue(), a.getValue()))
                .map(entry -> entry.getKey() + "×" + entry.getValue())
                .toList();
        List<String> overGrpc = new ArrayList<>();
        for (FacetHit hit : hub.done(hub.grpc().facetAsync(facet))) {
            overGrpc.add(hit.getValue().getIntegerValue() + "×" + hit.getCount());
        }
        List<String> overRest = new ArrayList<>();
        hub.post(collection, "facet", Reads.of(facet))
                .at("/result/hits")
                .forEach(hit -> overRest.add(hit.get("value").asLong() + "×" + hit.get("count")));
        assertEquals(wanted, overRest, facet::toString);
        assertEquals(wanted, overGrpc, facet::toString);
    }

    /** A point as both show it, and as it was stored. */
    private void same(RetrievedPoint point, JsonNode tree) {
        Doc doc = Objects.requireNonNull(byId().get(point.getId().getNum()));
        assertEquals(doc.id(), tree.get("id").asLong());
        for (Space space : spaces) {
            Value given = doc.vectors().get(space.name());
            JsonNode shown = space.name().isEmpty() ? tree.get("vector") : tree.at("/vector/" + space.name());
            boolean overGrpc = space.name().isEmpty()
                    ? point.getVectors().hasVector()
                    : point.getVectors().getVectors().containsVectors(space.name());
            assertEquals(given != null, overGrpc, point::toString);
            if (given == null) {
                assertTrue(shown.isMissingNode(), tree::toString);
            } else {
                stored(space, space.stored(given), shown);
            }
        }
    }

    private static void stored(Space space, Value value, JsonNode shown) {
        switch (space.kind()) {
            case DENSE -> row(value.rows()[0], shown);
            case MULTI -> {
                assertEquals(value.rows().length, shown.size());
                for (int r = 0; r < shown.size(); r++) {
                    row(value.rows()[r], shown.get(r));
                }
            }
            case SPARSE -> {
                row(value.rows()[0], shown.get("values"));
                for (int i = 0; i < value.indices().length; i++) {
                    assertEquals(
                            Integer.toUnsignedLong(value.indices()[i]),
                            shown.at("/indices/" + i).asLong());
                }
            }
        }
    }

    private static void row(double[] row, @Nullable JsonNode shown) {
        assertEquals(row.length, Objects.requireNonNull(shown).size());
        for (int i = 0; i < row.length; i++) {
            assertEquals(row[i], shown.get(i).asDouble(), 1e-6);
        }
    }

    private Map<Long, Doc> byId() {
        Map<Long, Doc> byId = new HashMap<>();
        docs.forEach(doc -> byId.put(doc.id(), doc));
        return byId;
    }

    private static List<Long> ids(List<Scored> points) {
        return points.stream().map(Scored::id).toList();
    }

    private static List<Scored> scored(List<ScoredPoint> points) {
        return points.stream()
                .map(point -> new Scored(point.getId().getNum(), point.getScore()))
                .toList();
    }

    private static List<Scored> scored(JsonNode points) {
        List<Scored> scored = new ArrayList<>();
        points.forEach(point -> scored.add(
                new Scored(point.get("id").asLong(), point.get("score").floatValue())));
        return scored;
    }
}
