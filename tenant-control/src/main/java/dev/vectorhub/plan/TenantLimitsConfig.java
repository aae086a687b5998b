package dev.vectorhub.plan;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.Map;

/**
 * The guide's section {@code hub.tenant_limits}: plans by code. A key of a plan that is not known stops the start and is
 * named.
 */
@ConfigMapping(prefix = "hub.tenant_limits", namingStrategy = ConfigMapping.NamingStrategy.SNAKE_CASE)
public interface TenantLimitsConfig {

    @WithParentName
    Map<String, TenantLimits> plans();

    /** A plan's limits; what is left out is as in the guide's plan {@code default}. */
    interface TenantLimits {
        @WithDefault("100")
        long maxCollections();

        @WithDefault("10000000")
        long maxVectorsPerCollection();

        @WithDefault("107374182400")
        long maxStorageBytes();

        @WithDefault("1000")
        long maxRequestsPerMinute();

        /** Beyond the guide's four. */
        @WithDefault("200000")
        long maxInferenceTokensPerMinute();
    }
}
