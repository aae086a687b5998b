package dev.vectorhub.api.qdrant.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantPipeline;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.Target;
import dev.vectorhub.api.qdrant.TenantEngine;
import dev.vectorhub.api.qdrant.inference.Documents;
import dev.vectorhub.api.qdrant.inference.Inference;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.api.qdrant.point.PointIdJson;
import dev.vectorhub.api.qdrant.point.SelectionReader;
import dev.vectorhub.api.qdrant.point.VectorForms;
import dev.vectorhub.api.qdrant.reply.Answered;
import dev.vectorhub.api.qdrant.reply.Hardware;
import dev.vectorhub.api.qdrant.search.SearchReader.Form;
import dev.vectorhub.engine.wire.v1.PayloadSelector;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.PointGroup;
import dev.vectorhub.engine.wire.v1.PointId;
import dev.vectorhub.engine.wire.v1.RetrieveRequest;
import dev.vectorhub.engine.wire.v1.ScoredPoint;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.SearchResponse;
import dev.vectorhub.engine.wire.v1.SearchResult;
import dev.vectorhub.engine.wire.v1.VectorSelector;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everything that ranks, alone, in batches and in groups; the same for every transport. */
@Singleton
public class SearchOperations {

    private final TenantEngine engine;
    private final TenantPipeline pipeline;
    private final Inference inference;
    private final RequestBounds bounds;

    @Inject
    SearchOperations(TenantEngine engine, TenantPipeline pipeline, Inference inference, RequestBounds bounds) {
        this.engine = engine;
        this.inference = inference;
        this.pipeline = pipeline;
        this.bounds = bounds;
    }

    /** The best points of one search, and whether to show their parts. */
    public record Ranked(List<ScoredPoint> points, boolean withPayload, boolean withVector) {}

    /**
     * The best points of each value of a field.
     *
     * @param lookups by the groups' places: the point of another collection that has the group's value for its id
     */
    public record Groups(
            List<PointGroup> groups,
            boolean withPayload,
            boolean withVector,
            Map<Integer, Point> lookups,
            boolean lookupPayload,
            boolean lookupVector) {}

    public Answered<Ranked> one(TenantCall call, String name, byte[] body, Form form) {
        Target target = engine.target(call, name);
        SearchRequest request =
                read(call, sources -> SearchReader.one(body, target.ref(), target.schema(), bounds, form, sources));
        Answered<List<Ranked>> found = run(call, target, request);
        return new Answered<>(found.result().getFirst(), found.used());
    }

    /**
     * A query for the nearest of a vector that has not been written into the body.
     *
     * @param f32 binary32, little-endian, finite
     */
    public Answered<Ranked> nearest(TenantCall call, String name, byte[] body, ByteString f32) {
        Target target = engine.target(call, name);
        SearchRequest request =
                read(call, sources -> SearchReader.nearest(body, target.ref(), target.schema(), bounds, sources, f32));
        Answered<List<Ranked>> found = run(call, target, request);
        return new Answered<>(found.result().getFirst(), found.used());
    }

    public Answered<List<Ranked>> batch(TenantCall call, String name, byte[] body, Form form) {
        Target target = engine.target(call, name);
        SearchRequest request =
                read(call, sources -> SearchReader.batch(body, target.ref(), target.schema(), bounds, form, sources));
        pipeline.charge(call, request.getQueriesCount());
        return run(call, target, request);
    }

    public Answered<Groups> groups(TenantCall call, String name, byte[] body, Form form) {
        Target target = engine.target(call, name);
        SearchReader.Grouped grouped =
                read(call, sources -> SearchReader.groups(body, target.ref(), target.schema(), bounds, form, sources));
        GroupLookup lookup = GroupLookup.of(other -> engine.target(call, other), grouped.withLookup());
        SearchResponse found = engine.search(call, target, grouped.request());
        SearchQuery query = grouped.request().getQueries(0);
        List<PointGroup> groups = found.getResults(0).getGroupsList();
        Map<Integer, Point> looked = lookup == null ? Map.of() : look(call, lookup, groups);
        return new Answered<>(
                new Groups(
                        groups,
                        query.getWithPayload().getEnabled(),
                        query.getWithVector().getEnabled(),
                        looked,
                        lookup != null && lookup.payload().getEnabled(),
                        lookup != null && lookup.vectors().getEnabled()),
                used(found));
    }

    private Map<Integer, Point> look(TenantCall call, GroupLookup lookup, List<PointGroup> groups) {
        Map<PointId, Integer> places = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            PointGroup group = groups.get(i);
            PointId id = group.hasText()
                    ? PointIdJson.uuid(group.getText())
                    : group.getInteger() < 0
                            ? null
                            : PointId.newBuilder().setNum(group.getInteger()).build();
            if (id != null) {
                places.put(id, i);
            }
        }
        Map<Integer, Point> looked = new HashMap<>();
        RetrieveRequest request = RetrieveRequest.newBuilder()
                .setCollection(lookup.other().ref())
                .addAllIds(places.keySet())
                .setWithPayload(lookup.payload())
                .setWithVector(lookup.vectors())
                .build();
        for (Point point : engine.retrieve(call, lookup.other(), request).getPointsList()) {
            Integer place = places.get(point.getId());
            if (place != null) {
                looked.put(place, point);
            }
        }
        return looked;
    }

    /** {@code with_lookup}: a collection's name, or an object with what to show of its points. */
    private record GroupLookup(Target other, PayloadSelector payload, VectorSelector vectors) {

        static @Nullable GroupLookup of(Function<String, Target> targets, @Nullable JsonNode node) {
            if (node == null) {
                return null;
            }
            if (node.isTextual()) {
                return new GroupLookup(
                        targets.apply(node.textValue()), SelectionReader.ALL_PAYLOAD, SelectionReader.NO_VECTOR);
            }
            if (!node.path("collection").isTextual()) {
                throw BodyErrors.format("with_lookup", "missing field `collection`");
            }
            Target other = targets.apply(node.get("collection").textValue());
            PayloadSelector payload = node.has("with_payload")
                    ? read(node, "with_payload", body -> SelectionReader.payload(body, SelectionReader.ALL_PAYLOAD))
                    : SelectionReader.ALL_PAYLOAD;
            VectorSelector vectors = node.has("with_vectors")
                    ? read(node, "with_vectors", body -> SelectionReader.vector(body, other.schema()))
                    : SelectionReader.NO_VECTOR;
            return new GroupLookup(other, payload, vectors);
        }

        private static <T> T read(JsonNode node, String field, Function<JsonBody, T> reader) {
            return JsonBody.read(
                    node.get(field).toString().getBytes(StandardCharsets.UTF_8), "with_lookup." + field, reader);
        }
    }

    private <T> T read(TenantCall call, Function<Sources, T> reader) {
        Lookup.Vectors lookups = lookups(call);
        return inference.read(call, Documents.Use.SOUGHT, documents -> reader.apply(new Sources(lookups, documents)));
    }

    /** Vectors of another collection, which the caller has to reach as well. */
    private Lookup.Vectors lookups(TenantCall call) {
        return (collection, vector, id) -> {
            Target other = engine.target(call, collection);
            if (!other.schema().has(vector)) {
                throw VectorForms.unknown(vector, "lookup_from.vector");
            }
            RetrieveRequest request = RetrieveRequest.newBuilder()
                    .setCollection(other.ref())
                    .addIds(id)
                    .setWithPayload(SelectionReader.NO_PAYLOAD)
                    .setWithVector(VectorSelector.newBuilder().setEnabled(true).addNames(vector))
                    .build();
            List<Point> found = engine.retrieve(call, other, request).getPointsList();
            if (found.isEmpty() || found.getFirst().getVectorsCount() == 0) {
                throw new TenantApiException(404, "Not found: No point with id " + PointIdJson.text(id) + " found");
            }
            return VectorForms.input(found.getFirst().getVectors(0));
        };
    }

    private Answered<List<Ranked>> run(TenantCall call, Target target, SearchRequest request) {
        SearchResponse found = engine.search(call, target, request);
        List<Ranked> ranked = new ArrayList<>(request.getQueriesCount());
        for (int i = 0; i < request.getQueriesCount(); i++) {
            SearchQuery query = request.getQueries(i);
            ranked.add(new Ranked(
                    found.getResults(i).getPointsList(),
                    query.getWithPayload().getEnabled(),
                    query.getWithVector().getEnabled()));
        }
        return new Answered<>(ranked, used(found));
    }

    /** A search looks at vectors; of what was read, the payloads that the answer shows are the rest. */
    private static Hardware used(SearchResponse found) {
        long payloadBytes = 0;
        for (SearchResult result : found.getResultsList()) {
            for (ScoredPoint point : result.getPointsList()) {
                payloadBytes += point.getPayload().size();
            }
        }
        return Hardware.read(
                found.getCost().getVectorsScanned(),
                Math.max(0, found.getCost().getBytesRead() - payloadBytes),
                payloadBytes);
    }
}
