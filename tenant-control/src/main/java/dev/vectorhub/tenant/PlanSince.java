package dev.vectorhub.tenant;

import java.time.Instant;

/** The plan that a tenant had from an instant on. */
public record PlanSince(String plan, Instant since) {}
