package dev.vectorhub.api.qdrant.search;

import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.QuantizationSearch;
import dev.vectorhub.engine.wire.v1.SearchParams;

/**
 * {@code params} of a search. {@code acorn} is checked and changes nothing: the engine chooses its way through filters
 * itself.
 */
final class SearchParamsReader {

    /** Candidates of one traversal; beyond it, {@code exact} is cheaper. */
    static final int HNSW_EF_MAX = 65_536;

    /** Beyond it, {@code exact} is cheaper. */
    private static final int OVERSAMPLING_MAX = 1_000;

    private SearchParamsReader() {}

    static SearchParams read(JsonBody body) {
        body.expectObject();
        SearchParams.Builder params = SearchParams.newBuilder();
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "hnsw_ef" -> {
                    seen = body.once(seen, 1);
                    if (!body.isNull()) {
                        params.setHnswEf(body.count(1, HNSW_EF_MAX));
                    }
                }
                case "exact" -> {
                    seen = body.once(seen, 2);
                    params.setExact(body.bool());
                }
                case "indexed_only" -> {
                    seen = body.once(seen, 4);
                    params.setIndexedOnly(body.bool());
                }
                case "quantization" -> {
                    seen = body.once(seen, 8);
                    quantization(body, params);
                }
                case "acorn" -> {
                    seen = body.once(seen, 16);
                    acorn(body);
                }
                case "idf" -> {
                    if (!body.isNull()) {
                        throw body.unsupported("sparse vectors are");
                    }
                }
                default -> body.skip();
            }
        }
        return params.build();
    }

    private static void quantization(JsonBody body, SearchParams.Builder params) {
        if (body.isNull()) {
            return;
        }
        QuantizationSearch.Builder quantization = params.getQuantizationBuilder();
        body.expectObject();
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "ignore" -> {
                    seen = body.once(seen, 1);
                    quantization.setIgnore(body.bool());
                }
                case "rescore" -> {
                    seen = body.once(seen, 2);
                    if (!body.isNull()) {
                        quantization.setRescore(body.bool());
                    }
                }
                case "oversampling" -> {
                    seen = body.once(seen, 4);
                    if (!body.isNull()) {
                        quantization.setOversampling(oversampling(body));
                    }
                }
                default -> body.skip();
            }
        }
    }

    private static float oversampling(JsonBody body) {
        double value = body.float64();
        if (value < 1) {
            throw body.invalid("value " + body.text() + " invalid, must be 1.0 or larger");
        }
        if (value > OVERSAMPLING_MAX) {
            throw body.invalid("value " + body.text() + " invalid, must be at most " + OVERSAMPLING_MAX);
        }
        return (float) value;
    }

    private static void acorn(JsonBody body) {
        if (body.isNull()) {
            return;
        }
        body.expectObject();
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "enable" -> {
                    seen = body.once(seen, 1);
                    body.bool();
                }
                case "max_selectivity" -> {
                    seen = body.once(seen, 2);
                    if (!body.isNull()) {
                        double value = body.float64();
                        if (value < 0 || value > 1) {
                            throw body.invalid("value " + body.text() + " invalid, must be from 0.0 to 1.0");
                        }
                    }
                }
                default -> body.skip();
            }
        }
    }
}
