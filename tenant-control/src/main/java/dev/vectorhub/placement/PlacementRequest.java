package dev.vectorhub.placement;

import dev.vectorhub.plan.Limits;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantId;

/** Who wants a place, how much they may store at most, and what they share. */
public record PlacementRequest(TenantId tenant, Limits limits, IsolationMode isolation) {}
