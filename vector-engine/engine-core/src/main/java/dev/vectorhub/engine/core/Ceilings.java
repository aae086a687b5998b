package dev.vectorhub.engine.core;

/**
 * Quotas that the store checks while it applies a command, so that they never race; 0 means none.
 *
 * @param points points of the collection
 * @param tenantBytes logical bytes of all the tenant's collections
 */
public record Ceilings(long points, long tenantBytes) {
    public static final Ceilings NONE = new Ceilings(0, 0);
}
