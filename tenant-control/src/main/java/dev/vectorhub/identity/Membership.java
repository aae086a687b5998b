package dev.vectorhub.identity;

import dev.vectorhub.tenant.TenantId;
import java.time.Instant;

/** A person's place in a tenant. */
public record Membership(TenantId tenant, String subject, MemberRole role, String email, Instant createdAt) {}
