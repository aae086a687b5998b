package dev.vectorhub.billing.usage;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one finished request used.
 *
 * @param tenantId the tenant that is billed
 * @param keyId the API key that was presented; null for a session of the console
 * @param operation the class it is billed under
 * @param requests how many requests this stands for: 1, or the number of entries of a batch request
 * @param vectorsScanned vectors the engine compared
 * @param bytesRead bytes the engine read
 * @param bytesWritten bytes written to the engine
 * @param bytesIn bytes of the request body
 * @param bytesOut bytes of the response body
 * @param inferenceTokens tokens of texts that a model embedded
 */
public record RequestUsage(
        UUID tenantId,
        @Nullable UUID keyId,
        OperationClass operation,
        long requests,
        long vectorsScanned,
        long bytesRead,
        long bytesWritten,
        long bytesIn,
        long bytesOut,
        long inferenceTokens) {

    public RequestUsage {
        if ((requests | vectorsScanned | bytesRead | bytesWritten | bytesIn | bytesOut | inferenceTokens) < 0) {
            throw new IllegalArgumentException("negative usage: requests " + requests + ", vectorsScanned "
                    + vectorsScanned + ", bytesRead " + bytesRead + ", bytesWritten " + bytesWritten + ", bytesIn "
                    + bytesIn + ", bytesOut " + bytesOut + ", inferenceTokens " + inferenceTokens);
        }
    }

    /** One request that neither read nor wrote in the engine. */
    public static RequestUsage of(
            UUID tenantId, @Nullable UUID keyId, OperationClass operation, long bytesIn, long bytesOut) {
        return new RequestUsage(tenantId, keyId, operation, 1, 0, 0, 0, bytesIn, bytesOut, 0);
    }

    /** The same with what the engine reports of a search or a read. */
    public RequestUsage withRead(long scanned, long read) {
        return new RequestUsage(
                tenantId, keyId, operation, requests, scanned, read, bytesWritten, bytesIn, bytesOut, inferenceTokens);
    }

    /** The same with bytes written to the engine. */
    public RequestUsage withWritten(long written) {
        return new RequestUsage(
                tenantId,
                keyId,
                operation,
                requests,
                vectorsScanned,
                bytesRead,
                written,
                bytesIn,
                bytesOut,
                inferenceTokens);
    }
}
