package dev.vectorhub.api.qdrant;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What one request of the tenant API may ask for. Qdrant leaves these open; a service that many share does not.
 */
@Singleton
public final class RequestBounds {

    /** The defaults, for readers that run without configuration. */
    public static final RequestBounds DEFAULTS = new RequestBounds(10_000, 100_000, 1_000, 256L << 20);

    private final int limitMax;
    private final int offsetMax;
    private final int batchMax;
    private final long answerBytesMax;

    /**
     * @param limitMax points that one search, page or list of ids may ask for
     * @param offsetMax points that a search may pass over
     * @param batchMax searches in one batch
     * @param answerBytesMax bytes of one answer
     */
    @Inject
    public RequestBounds(
            @ConfigProperty(name = "hub.api.max-limit", defaultValue = "10000") int limitMax,
            @ConfigProperty(name = "hub.api.max-offset", defaultValue = "100000") int offsetMax,
            @ConfigProperty(name = "hub.api.max-batch", defaultValue = "1000") int batchMax,
            @ConfigProperty(name = "hub.api.max-answer-bytes", defaultValue = "268435456") long answerBytesMax) {
        this.limitMax = limitMax;
        this.offsetMax = offsetMax;
        this.batchMax = batchMax;
        this.answerBytesMax = answerBytesMax;
    }

    public int limitMax() {
        return limitMax;
    }

    public int offsetMax() {
        return offsetMax;
    }

    public int batchMax() {
        return batchMax;
    }

    public long answerBytesMax() {
        return answerBytesMax;
    }
}
