package dev.vectorhub.api.qdrant.search;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.api.qdrant.filter.FilterReader;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.api.qdrant.point.ReadRequests;
import dev.vectorhub.api.qdrant.point.SelectionReader;
import dev.vectorhub.api.qdrant.point.VectorReader;
import dev.vectorhub.api.qdrant.search.SearchReader.Form;
import dev.vectorhub.engine.wire.v1.Filter;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import org.jspecify.annotations.Nullable;

/** One query of a body, with its prefetches below it: which field means what in which {@link Form}. */
final class QueryReader {

    static final int PREFETCHES_MAX = 100;
    static final int PREFETCH_DEPTH_MAX = 9;
    private static final int GROUP_SIZE_MAX = 1_000;

    private final JsonBody body;
    private final VectorSchema schema;
    private final RequestBounds bounds;
    private final Form form;
    private final boolean grouped;
    private final Sources sources;
    private int prefetches;
    private @Nullable JsonNode withLookup;

    /** @param grouped whether the hits come in groups, so that the body says in which */
    QueryReader(JsonBody body, VectorSchema schema, RequestBounds bounds, Form form, boolean grouped, Sources sources) {
        this.body = body;
        this.schema = schema;
        this.bounds = bounds;
        this.form = form;
        this.grouped = grouped;
        this.sources = sources;
    }

    /** Reads the query where the body stands. */
    SearchQuery query() {
        return query(0, null);
    }

    /** The same for a query that is not in the body. */
    SearchQuery around(Input nearest) {
        return query(0, nearest);
    }

    /** {@code with_lookup} as the body has it; null where it has none. */
    @Nullable
    JsonNode withLookup() {
        return withLookup;
    }

    private SearchQuery query(int depth, @Nullable Input nearest) {
        body.expectObject();
        QueryLevel level = new QueryLevel(body, form, schema, sources);
        level.nearest = nearest;
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
        return level.finish(grouped && depth == 0);
    }

    private boolean common(String field, QueryLevel level, int depth) {
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
                query.setWithVector(SelectionReader.vector(body, schema));
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

    private boolean group(String field, QueryLevel level) {
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

    private void search(String field, QueryLevel level) {
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

    private void universal(String field, QueryLevel level, int depth) {
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

    private void using(QueryLevel level) {
        if (!body.isNull()) {
            level.using = body.string();
        }
    }

    /** A vector that stands in {@code nearest} is most of a request, so it never becomes a tree. */
    private void kind(QueryLevel level) {
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

    private void prefetch(QueryLevel level, int depth) {
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

    private void addPrefetch(QueryLevel level, int depth) {
        if (++prefetches > PREFETCHES_MAX) {
            throw body.invalid("a query has at most " + PREFETCHES_MAX + " prefetches");
        }
        level.query.addPrefetch(query(depth + 1, null));
    }

    /** The fields of an older request are those of the query's kind. */
    private void legacy(String field, QueryLevel level, String kind) {
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
}
