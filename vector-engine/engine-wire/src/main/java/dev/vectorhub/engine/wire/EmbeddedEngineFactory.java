package dev.vectorhub.engine.wire;

/**
 * Opens an engine in this process. Found by {@link java.util.ServiceLoader}, so that applications carry an engine without
 * naming one.
 */
public interface EmbeddedEngineFactory {

    /** Opens the data directory, recovers, warms the kernels; returns when commands and reads can be served. */
    EngineTransport open(EngineSettings settings);
}
