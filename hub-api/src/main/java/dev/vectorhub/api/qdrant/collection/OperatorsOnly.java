package dev.vectorhub.api.qdrant.collection;

import dev.vectorhub.api.pipeline.TenantApiException;

/** What the operator of a Qdrant does and a tenant of a shared service does not: each is refused with the reason. */
public final class OperatorsOnly {

    private OperatorsOnly() {}

    /** Nodes, shards, replicas. */
    public static TenantApiException cluster() {
        return new TenantApiException(
                403,
                "Not available to tenants: nodes, shards and replicas are placed by the service; ask its operator");
    }

    /** Everything that is stored. */
    public static TenantApiException storage() {
        return new TenantApiException(
                403, "Not available to tenants: the storage as a whole holds many tenants' data; ask its operator");
    }

    /** The process: its issues and its quotas. */
    public static TenantApiException node() {
        return new TenantApiException(
                403,
                "Not available to tenants: a node serves many of them; what concerns you is in the collection's info,"
                        + " in `/telemetry` and in the limits of your plan");
    }
}
