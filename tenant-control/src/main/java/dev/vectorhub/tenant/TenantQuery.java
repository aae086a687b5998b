package dev.vectorhub.tenant;

import org.jspecify.annotations.Nullable;

/**
 * Which tenants, in which order.
 *
 * @param text part of the organisation's name or e-mail address, or a tenant's id; null for all
 */
public record TenantQuery(
        @Nullable String text,
        @Nullable TenantState state,
        @Nullable String plan,
        Sort sort) {

    /** Newest first by default; the id breaks ties. */
    public enum Sort {
        NEWEST,
        OLDEST,
        ORGANISATION,
        ORGANISATION_DESCENDING
    }

    public static TenantQuery all() {
        return new TenantQuery(null, null, null, Sort.NEWEST);
    }
}
