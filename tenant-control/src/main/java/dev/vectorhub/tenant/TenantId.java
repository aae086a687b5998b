package dev.vectorhub.tenant;

import dev.vectorhub.problem.ProblemException;
import java.util.UUID;

/** A tenant's identity: a UUIDv7, never reused. */
public record TenantId(UUID value) {

    /** Reads the canonical form; anything else is the same 404 as an unknown tenant. */
    public static TenantId parse(String text) {
        try {
            return new TenantId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound("tenant", text.length() > 64 ? text.substring(0, 64) : text);
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
