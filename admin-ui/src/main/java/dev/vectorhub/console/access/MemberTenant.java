package dev.vectorhub.console.access;

import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantState;

/** A tenant that the viewer belongs to. */
public record MemberTenant(TenantId id, String organisation, TenantState state) {}
