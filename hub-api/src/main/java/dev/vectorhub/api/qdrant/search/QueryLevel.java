package dev.vectorhub.api.qdrant.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.qdrant.collection.VectorSchema;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.api.qdrant.point.VectorForms;
import dev.vectorhub.api.qdrant.search.SearchReader.Form;
import dev.vectorhub.engine.wire.v1.Grouping;
import dev.vectorhub.engine.wire.v1.Query;
import dev.vectorhub.engine.wire.v1.QueryInput;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import org.jspecify.annotations.Nullable;

/** One level of a query: what has been read of it, and what that makes once its end is reached. */
final class QueryLevel {

    private static final int LIMIT_DEFAULT = 10;
    private static final int GROUP_SIZE_DEFAULT = 3;
    private static final int GROUPED_HITS_MAX = 100_000;

    final SearchQuery.Builder query = SearchQuery.newBuilder();
    String using = "";
    /** The vector's name in the form of the older searches stands beside it. */
    @Nullable
    Input nearest;

    @Nullable
    ObjectNode kind;

    String path = "query";

    @Nullable
    Lookup lookup;

    String groupBy = "";
    int groupSize = GROUP_SIZE_DEFAULT;
    /** Fields that have been there, as bits. */
    int seen;

    private final JsonBody body;
    private final Form form;
    private final VectorSchema schema;
    private final Sources sources;

    QueryLevel(JsonBody body, Form form, VectorSchema schema, Sources sources) {
        this.body = body;
        this.form = form;
        this.schema = schema;
        this.sources = sources;
    }

    /** @param inGroups whether the hits come in groups */
    SearchQuery finish(boolean inGroups) {
        required();
        if (query.getLimit() == 0) {
            query.setLimit(LIMIT_DEFAULT);
        }
        query.setUsing(using);
        Input vector = nearest;
        ObjectNode fields = kind;
        if (vector != null) {
            nearest(vector, fields);
        } else if (fields != null) {
            if (form == Form.DISCOVER) {
                contextAlone(fields);
            }
            query.setComposed(new QueryKinds(path, form != Form.QUERY, sources.documents(), this::input).read(fields));
        } else if (query.getPrefetchCount() > 0) {
            throw body.format("a query is needed to merge the prefetches");
        } else {
            query.setComposed(Query.newBuilder().setById(true));
        }
        if (inGroups) {
            if (groupBy.isEmpty()) {
                throw body.missing("group_by");
            }
            if ((long) query.getLimit() * groupSize > GROUPED_HITS_MAX) {
                throw body.invalid("limit times group_size is at most " + GROUPED_HITS_MAX);
            }
            query.setGroup(Grouping.newBuilder()
                    .setKey(groupBy)
                    .setGroups(query.getLimit())
                    .setSize(groupSize));
        }
        return query.build();
    }

    private void required() {
        if (form == Form.SEARCH && nearest == null) {
            throw body.missing("vector");
        }
        if (form == Form.RECOMMEND && kind == null) {
            throw body.missing("positive");
        }
        if (form == Form.DISCOVER && kind == null) {
            throw body.missing("target");
        }
        if (form != Form.QUERY && query.getLimit() == 0) {
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

    private void nearest(Input vector, @Nullable ObjectNode fields) {
        QueryInput input = input(vector);
        JsonNode mmr = fields == null ? null : fields.get("mmr");
        if (mmr != null && !mmr.isNull()) {
            query.setComposed(Query.newBuilder().setDiverse(QueryKinds.diverse(input, mmr, path + ".mmr")));
            return;
        }
        switch (input.getKindCase()) {
            case F32 -> query.setF32(input.getF32());
            case MULTI -> query.setMulti(input.getMulti());
            case SPARSE -> query.setSparse(input.getSparse());
            case ID -> query.setId(input.getId());
            case KIND_NOT_SET -> throw new AssertionError("read as something");
        }
    }

    private QueryInput input(Input input) {
        QueryInput value = input.value();
        Lookup from = lookup;
        if (value.hasId() && from != null) {
            String vector = from.vector();
            value = sources.lookups().vector(from.collection(), vector == null ? using : vector, value.getId());
        }
        if (!schema.has(using) && form != Form.SEARCH && !using.isEmpty()) {
            throw VectorForms.unknown(using, body.pathOf("using"));
        }
        VectorForms.check(value, using, schema, input.path());
        return value;
    }
}
