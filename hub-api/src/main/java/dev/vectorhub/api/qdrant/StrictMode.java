package dev.vectorhub.api.qdrant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.collection.CollectionHandle;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.Condition;
import dev.vectorhub.engine.wire.v1.CountRequest;
import dev.vectorhub.engine.wire.v1.Filter;
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
            checked.setFilter(filter(query.getFilter(), "unindexed_filtering_retrieve"));
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
                ? request.toBuilder()
                        .setFilter(filter(request.getFilter(), "unindexed_filtering_retrieve"))
                        .build()
                : request;
    }

    CountRequest count(CountRequest request) {
        return this == OFF || !request.hasFilter()
                ? request
                : request.toBuilder()
                        .setFilter(filter(request.getFilter(), "unindexed_filtering_retrieve"))
                        .build();
    }

    /** Checks a command, and makes its filters strict. */
    void command(Command.Builder command) {
        if (this == OFF) {
            return;
        }
        switch (command.getOpCase()) {
            case UPSERT -> {
                atMost("upsert_max_batchsize", command.getUpsert().getPointsCount(), "points");
                if (command.getUpsert().hasCondition()) {
                    command.getUpsertBuilder()
                            .setCondition(filter(command.getUpsert().getCondition(), "unindexed_filtering_update"));
                }
            }
            case UPDATE_VECTORS ->
                atMost("upsert_max_batchsize", command.getUpdateVectors().getPointsCount(), "points");
            case DELETE_POINTS -> selector(command.getDeletePointsBuilder().getSelectorBuilder());
            case DELETE_VECTORS -> selector(command.getDeleteVectorsBuilder().getSelectorBuilder());
            case SET_PAYLOAD -> selector(command.getSetPayloadBuilder().getSelectorBuilder());
            case DELETE_PAYLOAD -> selector(command.getDeletePayloadBuilder().getSelectorBuilder());
            case CLEAR_PAYLOAD -> selector(command.getClearPayloadBuilder().getSelectorBuilder());
            default -> {}
        }
    }

    private void selector(Selector.Builder selector) {
        if (selector.hasFilter()) {
            selector.setFilter(filter(selector.getFilter(), "unindexed_filtering_update"));
        }
    }

    private Filter filter(Filter filter, String unindexed) {
        atMost("filter_max_conditions", conditions(filter), "filter conditions");
        return config.path(unindexed).asBoolean(true)
                ? filter
                : filter.toBuilder().setStrict(true).build();
    }

    private static int conditions(Filter filter) {
        return conditions(filter.getMustList())
                + conditions(filter.getShouldList())
                + conditions(filter.getMustNotList())
                + conditions(filter.getMinShould().getConditionsList());
    }

    private static int conditions(List<Condition> conditions) {
        int count = 0;
        for (Condition condition : conditions) {
            count += switch (condition.getKindCase()) {
                case FILTER -> conditions(condition.getFilter());
                case NESTED -> conditions(condition.getNested().getFilter());
                default -> 1;
            };
        }
        return count;
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
