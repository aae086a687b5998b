package dev.vectorhub.api.qdrant.reply;

/**
 * What a request used, in Qdrant's {@code usage.hardware}. {@code cpu} is what the hub meters and bills of a read: vectors
 * that were compared. The others are bytes; reads and writes of payload indexes are part of the payload's and stay 0.
 */
public record Hardware(long cpu, long payloadRead, long payloadWritten, long vectorRead, long vectorWritten) {

    public static final Hardware NONE = new Hardware(0, 0, 0, 0, 0);

    /**
     * Of a read.
     *
     * @param vectors vectors compared; {@code vectorBytes} and {@code payloadBytes} what was read of each
     */
    public static Hardware read(long vectors, long vectorBytes, long payloadBytes) {
        return new Hardware(vectors, payloadBytes, 0, vectorBytes, 0);
    }

    public static Hardware written(long vectorBytes, long payloadBytes) {
        return new Hardware(0, 0, payloadBytes, 0, vectorBytes);
    }

    public Hardware plus(Hardware other) {
        return new Hardware(
                cpu + other.cpu,
                payloadRead + other.payloadRead,
                payloadWritten + other.payloadWritten,
                vectorRead + other.vectorRead,
                vectorWritten + other.vectorWritten);
    }
}
