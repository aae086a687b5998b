package dev.vectorhub.api.qdrant.inference;

import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.pipeline.TenantPipeline;
import dev.vectorhub.inference.InferenceException;
import dev.vectorhub.inference.TextEmbedder;
import dev.vectorhub.problem.ProblemException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads requests that may have texts in the places of vectors; for every transport. */
@Singleton
public class Inference {

    private final TenantPipeline pipeline;
    private final TextEmbedder embedder;
    private final int textsMax;
    private final Duration timeout;

    @Inject
    Inference(
            TenantPipeline pipeline,
            @ConfigProperty(name = "hub.inference.threads") Optional<Integer> threads,
            @ConfigProperty(name = "hub.inference.max-texts", defaultValue = "1000") int textsMax,
            @ConfigProperty(name = "hub.inference.max-waiting", defaultValue = "32") int waitingMax,
            @ConfigProperty(name = "hub.inference.max-waiting-per-tenant", defaultValue = "4") int waitingPerTenantMax,
            @ConfigProperty(name = "hub.inference.timeout-seconds", defaultValue = "60") int timeoutSeconds) {
        this.pipeline = pipeline;
        this.embedder = new TextEmbedder(
                threads.orElse(Math.max(1, Runtime.getRuntime().availableProcessors() / 2)),
                waitingMax,
                waitingPerTenantMax);
        this.textsMax = textsMax;
        this.timeout = Duration.ofSeconds(timeoutSeconds);
    }

    /**
     * Reads a request, and embeds its texts; never on an event loop.
     *
     * @param reader reads the whole of it, once or twice: without effects
     * @throws TenantApiException as the reader does, or 408 where the caller waits no longer; then nothing was embedded
     * @throws ProblemException {@code quota-exceeded} or {@code rate-limited} by the plan's tokens a minute
     * @throws InferenceException where there is no room or no time
     */
    public <T> T read(TenantCall call, Documents.Use use, Function<Documents, T> reader) {
        Documents documents = new Documents(use, textsMax);
        T read = reader.apply(documents);
        List<String> texts = documents.texts();
        if (texts.isEmpty()) {
            return read;
        }
        int[][] tokens = new int[texts.size()][];
        int sum = 0;
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = embedder.tokens(texts.get(i));
            sum += tokens[i].length;
        }
        pipeline.chargeTexts(call, sum);
        documents.embedded(embed(call, tokens));
        call.embedded(sum);
        return reader.apply(documents);
    }

    /** For as long as the caller waits, if that is shorter. */
    private float[][] embed(TenantCall call, int[][] tokens) {
        UUID tenant = call.scope().tenant().value();
        Duration left = Duration.ofNanos(call.patience().nanosLeft());
        if (left.compareTo(timeout) >= 0) {
            return embedder.embed(tenant, tokens, timeout);
        }
        try {
            return embedder.embed(tenant, tokens, left);
        } catch (InferenceException e) {
            throw e.reason() == InferenceException.Reason.LATE
                    ? TenantApiException.timedOut("Inference", call.timeoutSeconds())
                    : e;
        }
    }

    @PreDestroy
    void close() {
        embedder.close();
    }
}
