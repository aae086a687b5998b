package dev.vectorhub.plan;

import dev.vectorhub.tenant.IsolationMode;

/** What somebody wants a plan to be. */
public record PlanSpec(String code, String name, Limits limits, IsolationMode isolation) {}
