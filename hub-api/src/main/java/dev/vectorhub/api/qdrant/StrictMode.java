package dev.vectorhub.api.qdrant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.collection.CollectionHandle;
import dev.vectorhub.engine.wire.v1.CollectionInfo;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CountRequest;
import dev.vectorhub.engine.wire.v1.FacetRequest;
import dev.vectorhub.engine.wire.v1.FieldIndexInfo;
import dev.vectorhub.engine.wire.v1.Filter;
import dev.vectorhub.engine.wire.v1.NamedVector;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.ScrollRequest;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.Selector;
import java.util.List;

/**
 * What a tenant forbids itself on a collection ({@code strict_mode_config}). The plan's limits hold beside it, whichever is
 * stricter. Looked at in front of the engine, hence for every transport alike.
 */
public final class StrictMode {

    private static final ObjectMapper TREES = new ObjectMapper();
    private static final String SECTION = "strict_mode_config";
    private static final StrictMode OFF = new StrictMode(TREES.createObjectNode());

    private final JsonNode config;

    private StrictMode(JsonNode config) {
        this.config = config;
    }

    /** Off unless the collection's configuration switches it on. */
    static StrictMode of(CollectionHandle collection) {
        if (!collection.configJson().contains(SECTION)) {
            return OFF;
        }
        try {
            JsonNode section = TREES.readTree(collection.configJson()).path(SECTION);
            return section.path("enabled").asBoolean() ? new StrictMode(section) : OFF;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the catalog holds a configuration that is no JSON object", e);
        }
    }

    /** What a check of a write looks at beside the command; asked for only where an option needs it. */
    interface Surroundings {
        CollectionInfo info();

        double memoryPercent();
    }

    /** Operations a minute that the tenant allows; 0 where it sets none. */
    long rate(boolean write) {
        return config.path(write ? "write_rate_limit" : "read_rate_limit").asLong();
    }

    /** Checks the time that the caller would wait; 0 where the request names none. */
    void timeout(long seconds) {
        atMost("max_timeout", seconds, "timeout");
    }

    /** The ceiling of the collection's points; 0 where there is none. */
    long points(long plan) {
        long own = config.path("max_points_count").asLong();
        return own == 0 ? plan : plan == 0 ? own : Math.min(plan, own);
    }

    SearchRequest search(SearchRequest request) {
        if (this == OFF) {
            return request;
        }
        atMost("search_max_batchsize", request.getQueriesCount(), "searches");
        SearchRequest.Builder checked = request.toBuilder().clearQueries();
        for (SearchQuery query : request.getQueriesList()) {
            checked.addQueries(query(query));
        }
        return checked.build();
    }

    private SearchQuery query(SearchQuery query) {
        atMost("max_query_limit", query.getLimit(), "limit");
        atMost("search_max_hnsw_ef", query.getParams().getHnswEf(), "hnsw_ef");
        if (query.getParams().getExact() && !config.path("search_allow_exact").asBoolean(true)) {
            throw forbidden("Exact search is disabled", "Set exact=false.");
        }
        double oversampling = query.getParams().getQuantization().getOversampling();
        JsonNode most = config.path("search_max_oversampling");
        if (most.isNumber() && oversampling > most.asDouble()) {
            throw exceeded("oversampling", oversampling, most.asDouble());
        }
        SearchQuery.Builder checked = query.toBuilder().clearPrefetch();
        if (query.hasFilter()) {
            checked.setFilter(read(query.getFilter()));
        }
        for (SearchQuery prefetch : query.getPrefetchList()) {
            checked.addPrefetch(query(prefetch));
        }
        return checked.build();
    }

    ScrollRequest scroll(ScrollRequest request) {
        if (this == OFF) {
            return request;
        }
        atMost("max_query_limit", request.getLimit(), "limit");
        return request.hasFilter()
                ? request.toBuilder().setFilter(read(request.getFilter())).build()
                : request;
    }

    CountRequest count(CountRequest request) {
        return this == OFF || !request.hasFilter()
                ? request
                : request.toBuilder().setFilter(read(request.getFilter())).build();
    }

    FacetRequest facet(FacetRequest request) {
        if (this == OFF) {
            return request;
        }
        atMost("max_query_limit", request.getLimit(), "limit");
        return request.hasFilter()
                ? request.toBuilder().setFilter(read(request.getFilter())).build()
                : request;
    }

    /** Checks a command, and makes its filters strict. */
    void command(Command.Builder command, Surroundings around) {
        if (this == OFF) {
            return;
        }
        switch (command.getOpCase()) {
            case UPSERT, UPDATE_VECTORS, SET_PAYLOAD -> growth(around);
            case CREATE_FIELD_INDEX -> indexes(command.getCreateFieldIndex().getKey(), around);
            default -> {}
        }
        switch (command.getOpCase()) {
            case UPSERT -> {
                atMost("upsert_max_batchsize", command.getUpsert().getPointsCount(), "upsert limit");
                points(command.getUpsert().getPointsList());
                if (command.getUpsert().hasCondition()) {
                    command.getUpsertBuilder()
                            .setCondition(write(command.getUpsert().getCondition()));
                }
            }
            case UPDATE_VECTORS -> {
                atMost("upsert_max_batchsize", command.getUpdateVectors().getPointsCount(), "update limit");
                points(command.getUpdateVectors().getPointsList());
                if (command.getUpdateVectors().hasCondition()) {
                    command.getUpdateVectorsBuilder()
                            .setCondition(write(command.getUpdateVectors().getCondition()));
                }
            }
            case DELETE_POINTS -> selector(command.getDeletePointsBuilder().getSelectorBuilder());
            case DELETE_VECTORS -> selector(command.getDeleteVectorsBuilder().getSelectorBuilder());
            case SET_PAYLOAD -> selector(command.getSetPayloadBuilder().getSelectorBuilder());
            case DELETE_PAYLOAD -> selector(command.getDeletePayloadBuilder().getSelectorBuilder());
            case CLEAR_PAYLOAD -> selector(command.getClearPayloadBuilder().getSelectorBuilder());
            default -> {}
        }
    }

    /** Refuses a write once what it would add to is as large as it may be. Deleting goes on. */
    private void growth(Surroundings around) {
        JsonNode memory = config.path("max_resident_memory_percent");
        if (memory.isNumber()) {
            long used = Math.round(around.memoryPercent());
            if (used >= memory.asLong()) {
                throw forbidden(
                        "Resident memory usage is at " + used + "% of total memory, exceeding the configured limit of "
                                + memory.asLong() + "%",
                        "Try again later, or raise `max_resident_memory_percent`.");
            }
        }
        JsonNode vectors = config.path("max_collection_vector_size_bytes");
        JsonNode payload = config.path("max_collection_payload_size_bytes");
        if (vectors.isNumber() || payload.isNumber()) {
            CollectionInfo info = around.info();
            long vectorBytes = StoredSize.vectors(info);
            full("vector", vectorBytes, vectors);
            full("payload", info.getLogicalBytes() - vectorBytes - StoredSize.ids(info), payload);
        }
    }

    private static void full(String what, long bytes, JsonNode most) {
        if (most.isNumber() && bytes >= most.asLong()) {
            throw TenantApiException.wrongInput("Max " + what + " storage size limit of " + most.asLong()
                    + " bytes reached: " + bytes + " bytes are stored");
        }
    }

    private void indexes(String key, Surroundings around) {
        JsonNode most = config.path("max_payload_index_count");
        if (most.isNumber()) {
            List<FieldIndexInfo> fields = around.info().getFieldsList();
            boolean there = fields.stream().anyMatch(field -> field.getKey().equals(key));
            if (!there && fields.size() >= most.asLong()) {
                throw forbidden(
                        "Collection already has the maximum number of payload indices (" + most.asLong() + ")",
                        "Delete an index before creating a new one.");
            }
        }
    }

    private void points(List<Point> points) {
        JsonNode multi = config.path("multivector_config");
        JsonNode sparse = config.path("sparse_config");
        if (multi.isMissingNode() && sparse.isMissingNode()) {
            return;
        }
        for (Point point : points) {
            for (NamedVector vector : point.getVectorsList()) {
                JsonNode rows = multi.path(vector.getName()).path("max_vectors");
                if (rows.isNumber() && vector.getMulti().getRows() > rows.asLong()) {
                    throw exceeded(
                            "multivector " + vector.getName(), vector.getMulti().getRows(), rows.asLong());
                }
                JsonNode length = sparse.path(vector.getName()).path("max_length");
                int values = vector.getSparse().getValues().size() / Float.BYTES;
                if (length.isNumber() && values > length.asLong()) {
                    throw exceeded("sparse vector " + vector.getName(), values, length.asLong());
                }
            }
        }
    }

    private void selector(Selector.Builder selector) {
        if (selector.hasFilter()) {
            selector.setFilter(write(selector.getFilter()));
        }
    }

    private Filter read(Filter filter) {
        return filter(filter, "unindexed_filtering_retrieve");
    }

    private Filter write(Filter filter) {
        return filter(filter, "unindexed_filtering_update");
    }

    private Filter filter(Filter filter, String unindexed) {
        atMost("filter_max_conditions", StrictFilters.conditions(filter), "filter conditions");
        atMost("condition_max_size", StrictFilters.largest(filter), "condition size");
        return config.path(unindexed).asBoolean(true)
                ? filter
                : filter.toBuilder().setStrict(true).build();
    }

    private void atMost(String name, long value, String what) {
        JsonNode most = config.path(name);
        if (most.isNumber() && value > most.asLong()) {
            throw exceeded(what, value, most.asLong());
        }
    }

    private static TenantApiException exceeded(String what, Number value, Number most) {
        return forbidden(
                "Limit exceeded " + value + " > " + most + " for \"" + what + "\"",
                "Reduce the \"" + what + "\" parameter to or below " + most + ".");
    }

    private static TenantApiException forbidden(String what, String help) {
        return new TenantApiException(403, "Forbidden: " + what + ". Help: " + help);
    }
}
