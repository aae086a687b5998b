package dev.vectorhub.api.qdrant.search;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.api.qdrant.filter.FilterReader;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.api.qdrant.point.ReadRequests;
import dev.vectorhub.api.qdrant.point.SelectionReader;
import dev.vectorhub.api.qdrant.point.VectorForms;
import dev.vectorhub.api.qdrant.point.VectorReader;
import dev.vectorhub.engine.wire.v1.CollectionRef;
import dev.vectorhub.engine.wire.v1.Filter;
import dev.vectorhub.engine.wire.v1.Grouping;
import dev.vectorhub.engine.wire.v1.Query;
import dev.vectorhub.engine.wire.v1.QueryInput;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of everything that ranks: the universal query, and the older searches, recommendations and discoveries as
 * translations to it; alone, as {@code searches} of a batch, and in groups.
 */
public final class SearchReader {

    /** How a body names what to look for. */
    public enum Form {
        /** {@code vector} and {@code limit} are required. */
        SEARCH,
        /** {@code query}, and {@code prefetch} below it; {@code limit} is 10 unless given. */
        QUERY,
        /** {@code positive}, {@code negative}, {@code strategy}; {@code limit} is required. */
        RECOMMEND,
        /** {@code target} and {@code context}; {@code limit} is required. */
        DISCOVER
    }

    static final int PREFETCHES_MAX = 100;
    static final int PREFETCH_DEPTH_MAX = 9;
    private static final int LIMIT_DEFAULT = 10;
    private static final int GROUP_SIZE_DEFAULT = 3;
    private static final int GROUP_SIZE_MAX = 1_000;
    private static final int GROUPED_HITS_MAX = 100_000;

    private final JsonBody body;
    private final VectorSchema schema;
    private final RequestBounds bounds;
    private final Form form;
    private final boolean grouped;
    private final Sources sources;
    private int prefetches;
    private @Nullable JsonNode withLookup;
    private @Nullable Input given;

    private SearchReader(
            JsonBody body, VectorSchema schema, RequestBounds bounds, Form form, boolean grouped, Sources sources) {
        this.body = body;
        this.schema = schema;
        this.bounds = bounds;
        this.form = form;
        this.grouped = grouped;
        this.sources = sources;
    }

    /** One search. */
    public static SearchRequest one(
            byte[] bytes,
            CollectionRef collection,
            VectorSchema schema,
            RequestBounds bounds,
            Form form,
            Sources sources) {
        return JsonBody.read(
                bytes,
                body -> SearchRequest.newBuilder()
                        .setCollection(collection)
                        .addQueries(new SearchReader(body, schema, bounds, form, false, sources).query(0))
                        .build());
    }

    /** The same in the form {@code QUERY}, whose query is not in the body: it is this vector. */
    static SearchRequest nearest(
            byte[] bytes,
            CollectionRef collection,
            VectorSchema schema,
            RequestBounds bounds,
            Sources sources,
            ByteString f32) {
        return JsonBody.read(bytes, body -> {
            SearchReader reader = new SearchReader(body, schema, bounds, Form.QUERY, false, sources);
            reader.given = new Input(QueryInput.newBuilder().setF32(f32).build(), "query");
            return SearchRequest.newBuilder()
                    .setCollection(collection)
                    .addQueries(reader.query(0))
                    .build();
        });
    }

    /** {@code {"searches":[…]}}; may be empty. */
    public static SearchRequest batch(
            byte[] bytes,
            CollectionRef collection,
            VectorSchema schema,
            RequestBounds bounds,
            Form form,
            Sources sources) {
        return JsonBody.read(bytes, body -> {
            SearchRequest.Builder request = SearchRequest.newBuilder().setCollection(collection);
            body.expectObject();
            int seen = 0;
            for (String field = body.nextField(); field != null; field = body.nextField()) {
                if (field.equals("searches")) {
                    seen = body.once(seen, 1);
                    body.expectArray();
                    while (body.nextElement()) {
                        if (request.getQueriesCount() == bounds.batchMax()) {
                            throw body.invalid("a batch has at most " + bounds.batchMax() + " searches");
                        }
                        request.addQueries(new SearchReader(body, schema, bounds, form, false, sources).query(0));
                    }
                } else {
                    body.skip();
                }
            }
            if (seen == 0) {
                throw body.missing("searches");
            }
            return request.build();
        });
    }

    /** @param withLookup as the body has it; null where it has none */
    record Grouped(SearchRequest request, @Nullable JsonNode withLookup) {}

    /** A search whose hits come in groups. */
    static Grouped groups(
            byte[] bytes,
            CollectionRef collection,
            VectorSchema schema,
            RequestBounds bounds,
            Form form,
            Sources sources) {
        return JsonBody.read(bytes, body -> {
            SearchReader reader = new SearchReader(body, schema, bounds, form, true, sources);
            SearchRequest request = SearchRequest.newBuilder()
                    .setCollection(collection)
                    .addQueries(reader.query(0))
                    .build();
            return new Grouped(request, reader.withLookup);
        });
    }

    /** One level of a query, as far as it is read. */
    private static final class Level {
        private final SearchQuery.Builder query = SearchQuery.newBuilder();
        private String using = "";
        /** The vector's name in the form of the older searches stands beside it. */
        private @Nullable Input nearest;

        private @Nullable ObjectNode kind;
        private String path = "query";
        private @Nullable Lookup lookup;
        private String groupBy = "";
        private int groupSize = GROUP_SIZE_DEFAULT;
        private int seen;
    }

    private SearchQuery query(int depth) {
        body.expectObject();
        Level level = new Level();
        level.nearest = depth == 0 ? given : null;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            if (!common(field, level, depth)) {
                switch (form) {
                    case SEARCH -> search(field, level);
                    case QUERY -> universal(field, level, depth);
                    case RECOMMEND -> legacy(field, level, "recommend");
                    case DISCOVER -> legacy(field, level, "discover");
                }
            }
        }
        return finish(level, depth);
    }

    private boolean common(String field, Level level, int depth) {
        SearchQuery.Builder query = level.query;
        switch (field) {
            case "limit", "top" -> {
                level.seen = body.once(level.seen, 1);
                if ((form != Form.QUERY && !grouped) || !body.isNull()) {
                    query.setLimit(body.count(1, bounds.limitMax()));
                }
            }
            case "offset" -> {
                level.seen = body.once(level.seen, 2);
                if (!body.isNull()) {
                    query.setOffset(body.count(0, bounds.offsetMax()));
                }
            }
            case "filter" -> {
                level.seen = body.once(level.seen, 4);
                Filter filter = FilterReader.read(body);
                if (filter != null) {
                    query.setFilter(filter);
                }
            }
            case "score_threshold" -> {
                level.seen = body.once(level.seen, 8);
                if (!body.isNull()) {
                    query.setScoreThreshold(body.float32());
                }
            }
            case "params" -> {
                level.seen = body.once(level.seen, 16);
                if (!body.isNull()) {
                    query.setParams(SearchParamsReader.read(body));
                }
            }
            case "with_payload" -> {
                level.seen = body.once(level.seen, 32);
                query.setWithPayload(SelectionReader.payload(body, SelectionReader.NO_PAYLOAD));
            }
            case "with_vector", "with_vectors" -> {
                level.seen = body.once(level.seen, 64);
                query.setWithVector(SelectionReader.vector(body));
            }
            case "shard_key" -> ReadRequests.noShardKey(body);
            case "lookup_from" -> {
                level.seen = body.once(level.seen, 128);
                String path = body.path();
                level.lookup = Lookup.of(body.tree(), path);
            }
            default -> {
                return grouped && depth == 0 && group(field, level);
            }
        }
        return true;
    }

    private boolean group(String field, Level level) {
        switch (field) {
            case "group_by" -> {
                level.seen = body.once(level.seen, 256);
                level.groupBy = body.string();
                if (level.groupBy.isEmpty()) {
                    throw body.invalid("a payload key is not empty");
                }
            }
            case "group_size" -> {
                level.seen = body.once(level.seen, 512);
                if (!body.isNull()) {
                    level.groupSize = body.count(1, GROUP_SIZE_MAX);
                }
            }
            case "with_lookup" -> {
                level.seen = body.once(level.seen, 1 << 20);
                JsonNode lookup = body.tree();
                withLookup = lookup.isNull() ? null : lookup;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    // ---- the forms

    private void search(String field, Level level) {
        if (!field.equals("vector")) {
            body.skip();
            return;
        }
        level.seen = body.once(level.seen, 1 << 10);
        if (!body.at(JsonToken.START_OBJECT)) {
            level.nearest = vector();
            return;
        }
        int seen = 0;
        for (String name = body.nextField(); name != null; name = body.nextField()) {
            switch (name) {
                case "name" -> {
                    seen = body.once(seen, 1);
                    level.using = body.string();
                }
                case "vector" -> {
                    seen = body.once(seen, 2);
                    level.nearest = vector();
                }
                default -> body.skip();
            }
        }
        if ((seen & 1) == 0) {
            throw body.missing("name");
        }
        if ((seen & 2) == 0) {
            throw body.missing("vector");
        }
    }

    private Input vector() {
        if (!body.at(JsonToken.START_ARRAY) && !body.at(JsonToken.START_OBJECT)) {
            throw body.mismatch("a list of numbers");
        }
        return Input.read(body, schema.largest(), sources.documents());
    }

    private void universal(String field, Level level, int depth) {
        switch (field) {
            case "query" -> {
                level.seen = body.once(level.seen, 1 << 10);
                level.path = body.path();
                if (body.at(JsonToken.START_OBJECT)) {
                    kind(level);
                } else if (!body.isNull()) {
                    level.nearest = Input.read(body, schema.largest(), sources.documents());
                }
            }
            case "using" -> {
                level.seen = body.once(level.seen, 1 << 11);
                using(level);
            }
            case "prefetch" -> {
                level.seen = body.once(level.seen, 1 << 12);
                prefetch(level, depth);
            }
            default -> body.skip();
        }
    }

    private void using(Level level) {
        if (!body.isNull()) {
            level.using = body.string();
        }
    }

    /** A vector that stands in {@code nearest} is most of a request, so it never becomes a tree. */
    private void kind(Level level) {
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            if (level.nearest == null && rest.isEmpty() && VectorReader.isSparse(field)) {
                level.nearest = new Input(VectorReader.sparse(body, field), level.path);
                return;
            }
            if (field.equals("nearest")) {
                if (level.nearest != null) {
                    throw body.format("duplicate field");
                }
                level.nearest = Input.read(body, schema.largest(), sources.documents());
            } else {
                if (rest.has(field)) {
                    throw body.format("duplicate field");
                }
                rest.set(field, body.tree());
            }
        }
        if (level.nearest == null && Sources.isVector(rest)) {
            level.nearest = Input.of(rest, level.path, sources.documents());
            return;
        }
        level.kind = rest;
    }

    private void prefetch(Level level, int depth) {
        if (body.isNull()) {
            return;
        }
        if (depth == PREFETCH_DEPTH_MAX) {
            throw body.invalid("prefetches nest at most " + PREFETCH_DEPTH_MAX + " deep");
        }
        if (body.at(JsonToken.START_OBJECT)) {
            addPrefetch(level, depth);
            return;
        }
        body.expectArray();
        while (body.nextElement()) {
            addPrefetch(level, depth);
        }
    }

    private void addPrefetch(Level level, int depth) {
        if (++prefetches > PREFETCHES_MAX) {
            throw body.invalid("a query has at most " + PREFETCHES_MAX + " prefetches");
        }
        level.query.addPrefetch(query(depth + 1));
    }

    /** The fields of an older request are those of the query's kind. */
    private void legacy(String field, Level level, String kind) {
        switch (field) {
            case "using" -> {
                level.seen = body.once(level.seen, 1 << 11);
                if (body.at(JsonToken.START_OBJECT)) {
                    throw body.mismatch("a string");
                }
                using(level);
            }
            case "positive", "negative", "strategy", "target", "context" -> {
                ObjectNode fields = level.kind;
                if (fields == null) {
                    fields = JsonNodeFactory.instance.objectNode();
                    fields.putObject(kind);
                    level.kind = fields;
                    String path = body.path();
                    level.path = path.substring(0, Math.max(0, path.length() - field.length() - 1));
                }
                ObjectNode inner = fields.withObject("/" + kind);
                if (inner.has(field)) {
                    throw body.format("duplicate field");
                }
                JsonNode value = body.tree();
                if (!value.isNull()) {
                    inner.set(field, value);
                }
            }
            default -> body.skip();
        }
    }

    // ---- the end of a level

    private SearchQuery finish(Level level, int depth) {
        SearchQuery.Builder query = level.query;
        required(level);
        if (query.getLimit() == 0) {
            query.setLimit(LIMIT_DEFAULT);
        }
        query.setUsing(level.using);
        Input nearest = level.nearest;
        ObjectNode kind = level.kind;
        if (nearest != null) {
            nearest(level, nearest, kind);
        } else if (kind != null) {
            if (form == Form.DISCOVER) {
                contextAlone(kind);
            }
            query.setComposed(
                    new QueryKinds(level.path, form != Form.QUERY, sources.documents(), input -> input(level, input))
                            .read(kind));
        } else if (query.getPrefetchCount() > 0) {
            throw body.format("a query is needed to merge the prefetches");
        } else {
            query.setComposed(Query.newBuilder().setById(true));
        }
        if (grouped && depth == 0) {
            if (level.groupBy.isEmpty()) {
                throw body.missing("group_by");
            }
            if ((long) query.getLimit() * level.groupSize > GROUPED_HITS_MAX) {
                throw body.invalid("limit times group_size is at most " + GROUPED_HITS_MAX);
            }
            query.setGroup(Grouping.newBuilder()
                    .setKey(level.groupBy)
                    .setGroups(query.getLimit())
                    .setSize(level.groupSize));
        }
        return query.build();
    }

    private void required(Level level) {
        if (form == Form.SEARCH && level.nearest == null) {
            throw body.missing("vector");
        }
        if (form == Form.RECOMMEND && level.kind == null) {
            throw body.missing("positive");
        }
        if (form == Form.DISCOVER && level.kind == null) {
            throw body.missing("target");
        }
        if (form != Form.QUERY && level.query.getLimit() == 0) {
            throw body.missing("limit");
        }
    }

    /** Without a target, discovery is a search by context. */
    private static void contextAlone(ObjectNode kind) {
        ObjectNode discover = kind.withObject("/discover");
        if (!discover.has("target") && discover.has("context")) {
            kind.set("context", discover.get("context"));
            kind.remove("discover");
        } else if (!discover.has("context")) {
            discover.putArray("context");
        }
    }

    private void nearest(Level level, Input nearest, @Nullable ObjectNode kind) {
        QueryInput input = input(level, nearest);
        JsonNode mmr = kind == null ? null : kind.get("mmr");
        if (mmr != null && !mmr.isNull()) {
            level.query.setComposed(Query.newBuilder().setDiverse(QueryKinds.diverse(input, mmr, level.path + ".mmr")));
            return;
        }
        switch (input.getKindCase()) {
            case F32 -> level.query.setF32(input.getF32());
            case MULTI -> level.query.setMulti(input.getMulti());
            case SPARSE -> level.query.setSparse(input.getSparse());
            case ID -> level.query.setId(input.getId());
            case KIND_NOT_SET -> throw new AssertionError("read as something");
        }
    }

    private QueryInput input(Level level, Input input) {
        QueryInput value = input.value();
        Lookup lookup = level.lookup;
        if (value.hasId() && lookup != null) {
            String vector = lookup.vector();
            value = sources.lookups().vector(lookup.collection(), vector == null ? level.using : vector, value.getId());
        }
        VectorForms.check(value, level.using, schema, input.path());
        return value;
    }
}
