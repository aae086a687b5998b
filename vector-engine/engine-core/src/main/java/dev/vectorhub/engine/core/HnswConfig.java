package dev.vectorhub.engine.core;

/**
 * Parameters of the graph index; 0 and {@link QuantizationConfig#DEFAULT} mean the store's default.
 *
 * @param m links per vertex (twice as many on the lowest level)
 * @param efConstruct beam width while building
 * @param fullScanThreshold points below which a collection is scanned flat, hence exactly
 * @param quantization what the graph's rows hold
 */
public record HnswConfig(int m, int efConstruct, int fullScanThreshold, QuantizationConfig quantization) {
    public static final HnswConfig DEFAULT = new HnswConfig(0, 0, 0);

    public HnswConfig(int m, int efConstruct, int fullScanThreshold) {
        this(m, efConstruct, fullScanThreshold, QuantizationConfig.DEFAULT);
    }

    /** The values of {@code other} where this one has none. */
    public HnswConfig orElse(HnswConfig other) {
        return new HnswConfig(
                m > 0 ? m : other.m,
                efConstruct > 0 ? efConstruct : other.efConstruct,
                fullScanThreshold > 0 ? fullScanThreshold : other.fullScanThreshold,
                quantization.orElse(other.quantization));
    }
}
