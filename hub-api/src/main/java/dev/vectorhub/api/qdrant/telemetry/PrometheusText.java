package dev.vectorhub.api.qdrant.telemetry;

import dev.vectorhub.api.pipeline.TenantRequests;
import dev.vectorhub.api.qdrant.RootResource;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * A tenant's state in Prometheus' text format, under Qdrant's names where what they name has a meaning here. Counters begin
 * with the process.
 */
final class PrometheusText {

    private static final double NANOS = 1e9;

    private final StringBuilder out = new StringBuilder(4_096);

    private PrometheusText() {}

    /** @param perCollection whether to say more than sums of collections */
    static String of(TenantTelemetry.State state, boolean perCollection) {
        PrometheusText text = new PrometheusText();
        text.head("app_info", "gauge", "information about the service");
        text.line("app_info", "name=\"vectorizer-hub\",version=\"" + RootResource.API_VERSION + "\"", 1);
        text.single(
                "collections_total",
                "number of collections",
                state.collections().size());
        text.single("collections_vector_total", "total number of vectors in all collections", state.vectors());
        text.single("collections_points_total", "total number of points in all collections", state.points());
        text.single("snapshots_bytes", "bytes of all snapshots", state.snapshotBytes());
        if (perCollection) {
            text.collections("collection_points", "points of a collection", state, TenantTelemetry.Held::points);
            text.collections("collection_vectors", "vectors of a collection", state, TenantTelemetry.Held::vectors);
            text.collections("collection_bytes", "bytes that the quota counts", state, TenantTelemetry.Held::bytes);
        }
        text.requests("rest_responses", state.requests(), key -> !key.grpc());
        text.requests("grpc_responses", state.requests(), TenantRequests.Key::grpc);
        return text.out.toString();
    }

    private void collections(
            String name, String help, TenantTelemetry.State state, ToDoubleFunction<TenantTelemetry.Held> value) {
        if (state.collections().isEmpty()) {
            return;
        }
        head(name, "gauge", help);
        for (TenantTelemetry.Held held : state.collections()) {
            line(name, "id=\"" + escaped(held.collection().name()) + '"', value.applyAsDouble(held));
        }
    }

    private void requests(
            String name,
            Map<TenantRequests.Key, TenantRequests.Counted> requests,
            Predicate<TenantRequests.Key> which) {
        if (requests.keySet().stream().noneMatch(which)) {
            return;
        }
        series(name + "_total", "counter", "total number of responses", requests, which, counted -> counted.count());
        series(
                name + "_fail_total",
                "counter",
                "total number of failed responses",
                requests,
                which.and(key -> key.status() >= 400),
                counted -> counted.count());
        series(
                name + "_avg_duration_seconds",
                "gauge",
                "average response duration",
                requests,
                which,
                counted -> counted.totalNanos() / NANOS / counted.count());
        series(
                name + "_min_duration_seconds",
                "gauge",
                "minimum response duration",
                requests,
                which,
                counted -> counted.minNanos() / NANOS);
        series(
                name + "_max_duration_seconds",
                "gauge",
                "maximum response duration",
                requests,
                which,
                counted -> counted.maxNanos() / NANOS);
    }

    private void series(
            String name,
            String type,
            String help,
            Map<TenantRequests.Key, TenantRequests.Counted> requests,
            Predicate<TenantRequests.Key> which,
            ToDoubleFunction<TenantRequests.Counted> value) {
        head(name, type, help);
        requests.forEach((key, counted) -> {
            if (which.test(key)) {
                int space = key.endpoint().indexOf(' ');
                String where = key.grpc()
                        ? "endpoint=\"" + key.endpoint() + '"'
                        : "method=\"" + key.endpoint().substring(0, space) + "\",endpoint=\""
                                + key.endpoint().substring(space + 1) + '"';
                line(name, where + ",status=\"" + key.status() + '"', value.applyAsDouble(counted));
            }
        });
    }

    private void single(String name, String help, long value) {
        head(name, "gauge", help);
        out.append(name).append(' ').append(value).append('\n');
    }

    private void head(String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, String labels, double value) {
        out.append(name).append('{').append(labels).append("} ");
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            out.append((long) value);
        } else {
            out.append(value);
        }
        out.append('\n');
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
