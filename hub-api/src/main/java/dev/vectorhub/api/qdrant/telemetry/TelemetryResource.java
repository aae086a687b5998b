package dev.vectorhub.api.qdrant.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantOperation;
import dev.vectorhub.api.pipeline.TenantRequests;
import dev.vectorhub.api.qdrant.QueryParams;
import dev.vectorhub.api.qdrant.RequestBounds;
import dev.vectorhub.api.qdrant.RootResource;
import dev.vectorhub.api.qdrant.collection.CollectionOperations;
import dev.vectorhub.api.qdrant.reply.Hardware;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.tenant.Access;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Predicate;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /telemetry} and {@code /metrics} of the tenant that asks: nothing of the process, nothing of anybody else. */
@Path("/")
public class TelemetryResource {

    private static final ObjectMapper TREES = new ObjectMapper();
    private static final int DIGITS = 12;
    private static final double MICROS = 1e3;

    private final TenantTelemetry telemetry;
    private final CollectionOperations collections;
    private final long answerBytesMax;

    @Inject
    TelemetryResource(TenantTelemetry telemetry, CollectionOperations collections, RequestBounds bounds) {
        this.telemetry = telemetry;
        this.collections = collections;
        this.answerBytesMax = bounds.answerBytesMax();
    }

    @GET
    @Path("metrics")
    @Produces("text/plain; version=0.0.4; charset=utf-8")
    @TenantOperation(
            name = "metrics.get",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public String metrics(
            @Context RoutingContext http,
            @RestQuery("anonymize") @Nullable String anonymize,
            @RestQuery("per_collection") @Nullable String perCollection,
            @RestQuery("timeout") @Nullable String timeout) {
        boolean anonymous = QueryParams.flag("anonymize", anonymize, false);
        boolean each = QueryParams.flag("per_collection", perCollection, true);
        QueryParams.timeout(timeout);
        return PrometheusText.of(telemetry.state(TenantCall.of(http)), each && !anonymous);
    }

    @GET
    @Path("telemetry")
    @Produces(MediaType.APPLICATION_JSON)
    @TenantOperation(
            name = "telemetry.get",
            scope = KeyScope.READ,
            access = Access.READ,
            operationClass = OperationClass.READ)
    public Reply telemetry(
            @Context RoutingContext http,
            @RestQuery("anonymize") @Nullable String anonymize,
            @RestQuery("details_level") @Nullable String detailsLevel,
            @RestQuery("per_collection") @Nullable String perCollection,
            @RestQuery("timeout") @Nullable String timeout) {
        TenantCall call = TenantCall.of(http);
        boolean anonymous = QueryParams.flag("anonymize", anonymize, false);
        QueryParams.flag("per_collection", perCollection, false);
        QueryParams.timeout(timeout);
        long level = QueryParams.level(detailsLevel);
        TenantTelemetry.State state = telemetry.state(call);
        return Reply.of(call, Hardware.NONE, answerBytesMax, out -> {
            out.writeStartObject();
            String tenant = call.scope().tenant().toString();
            out.writeStringField("id", anonymous ? hash(tenant) : tenant);
            app(out);
            out.writeObjectFieldStart("collections");
            out.writeNumberField("number_of_collections", state.collections().size());
            out.writeNumberField("max_collections", call.scope().limits().maxCollections());
            if (level > 0) {
                out.writeArrayFieldStart("collections");
                for (TenantTelemetry.Held held : state.collections()) {
                    collection(out, call, held, level, anonymous);
                }
                out.writeEndArray();
            }
            out.writeEndObject();
            out.writeObjectFieldStart("requests");
            requests(out, "rest", state.requests(), key -> !key.grpc());
            requests(out, "grpc", state.requests(), TenantRequests.Key::grpc);
            out.writeEndObject();
            out.writeEndObject();
        });
    }

    private static void app(JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("app");
        out.writeStringField("name", "vectorizer-hub");
        out.writeStringField("version", RootResource.API_VERSION);
        out.writeStringField(
                "startup",
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime())
                        .toString());
        out.writeEndObject();
    }

    private void collection(
            JsonGenerator out, TenantCall call, TenantTelemetry.Held held, long level, boolean anonymous)
            throws IOException {
        String name = held.collection().name();
        out.writeStartObject();
        if (level > 1) {
            out.writeStringField("id", anonymous ? hash(name) : name);
            out.writeNumberField("init_time_ms", 0);
            try {
                out.writeFieldName("config");
                TREES.writeTree(out, collections.info(call, name).get("config"));
            } catch (TenantApiException gone) {
                out.writeNull();
            }
        }
        out.writeNumberField("points", held.points());
        out.writeNumberField("vectors", held.vectors());
        out.writeStringField("optimizers_status", "ok");
        out.writeEndObject();
    }

    /** Microseconds by endpoint and status. */
    private static void requests(
            JsonGenerator out,
            String transport,
            Map<TenantRequests.Key, TenantRequests.Counted> requests,
            Predicate<TenantRequests.Key> which)
            throws IOException {
        out.writeObjectFieldStart(transport);
        out.writeObjectFieldStart("responses");
        String endpoint = "";
        for (Map.Entry<TenantRequests.Key, TenantRequests.Counted> entry : requests.entrySet()) {
            if (!which.test(entry.getKey())) {
                continue;
            }
            if (!entry.getKey().endpoint().equals(endpoint)) {
                if (!endpoint.isEmpty()) {
                    out.writeEndObject();
                }
                endpoint = entry.getKey().endpoint();
                out.writeObjectFieldStart(endpoint);
            }
            TenantRequests.Counted counted = entry.getValue();
            out.writeObjectFieldStart(Integer.toString(entry.getKey().status()));
            out.writeNumberField("count", counted.count());
            out.writeNumberField("avg_duration_micros", counted.totalNanos() / MICROS / counted.count());
            out.writeNumberField("min_duration_micros", counted.minNanos() / MICROS);
            out.writeNumberField("max_duration_micros", counted.maxNanos() / MICROS);
            out.writeNumberField("total_duration_micros", Math.round(counted.totalNanos() / MICROS));
            out.writeEndObject();
        }
        if (!endpoint.isEmpty()) {
            out.writeEndObject();
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    private static String hash(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
