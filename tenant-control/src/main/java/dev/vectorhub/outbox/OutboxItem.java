package dev.vectorhub.outbox;

import dev.vectorhub.tenant.TenantId;
import java.util.UUID;

/**
 * A claimed piece of work.
 *
 * @param payload JSON
 * @param attempts how often it was claimed, this time included
 */
public record OutboxItem(UUID id, TenantId tenant, String payload, int attempts) {}
