package dev.vectorhub.api.pipeline;

import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.tenant.TenantScope;

/** Whose key was presented. */
public sealed interface Recognition {

    record Caller(TenantScope scope) implements Recognition {}

    record Nobody(ProblemException problem) implements Recognition {}
}
