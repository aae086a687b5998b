package dev.vectorhub.api.qdrant.json;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vectorhub.api.pipeline.TenantApiException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.function.Executable;

/** Bodies in tests: JSON written with single quotes. */
public final class Bodies {

    private Bodies() {}

    public static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    /** Status and message of the error. */
    public static String error(Executable call) {
        TenantApiException e = assertThrows(TenantApiException.class, call);
        return e.status() + " " + e.getMessage();
    }
}
