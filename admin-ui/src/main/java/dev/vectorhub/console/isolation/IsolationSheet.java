package dev.vectorhub.console.isolation;

import dev.vectorhub.placement.IsolationProgress;
import dev.vectorhub.tenant.IsolationMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's isolation as one of its members sees it.
 *
 * @param progress null for a tenant that has no place yet
 * @param others what the viewer may change it to; empty where {@code reason} says why
 * @param reason why the viewer can change nothing; empty where something can be chosen
 * @param version of the tenant that this was read of
 */
public record IsolationSheet(
        @Nullable IsolationProgress progress, List<IsolationMode> others, String reason, long version) {}
