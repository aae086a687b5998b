package dev.vectorhub.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TenantLimitsConfigTest {

    @Test
    void theGuidesFormIsRead() {
        TenantLimitsConfig config = read(Map.of(
                "hub.tenant_limits.enterprise.max_collections", "1000",
                "hub.tenant_limits.enterprise.max_vectors_per_collection", "100000000",
                "hub.tenant_limits.enterprise.max_storage_bytes", "1099511627776",
                "hub.tenant_limits.enterprise.max_requests_per_minute", "10000"));
        TenantLimitsConfig.TenantLimits enterprise = limits(config, "enterprise");
        assertEquals(1_000, enterprise.maxCollections());
        assertEquals(100_000_000, enterprise.maxVectorsPerCollection());
        assertEquals(1L << 40, enterprise.maxStorageBytes());
        assertEquals(10_000, enterprise.maxRequestsPerMinute());
    }

    @Test
    void whatIsLeftOutIsAsInTheGuidesDefaultPlan() {
        TenantLimitsConfig.TenantLimits team =
                limits(read(Map.of("hub.tenant_limits.team.max_collections", "7")), "team");
        assertEquals(7, team.maxCollections());
        assertEquals(10_000_000, team.maxVectorsPerCollection());
        assertEquals(107_374_182_400L, team.maxStorageBytes());
        assertEquals(1_000, team.maxRequestsPerMinute());
    }

    @Test
    void anUnknownKeyIsNamed() {
        ConfigValidationException refused = assertThrows(
                ConfigValidationException.class, () -> read(Map.of("hub.tenant_limits.default.max_colections", "100")));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("hub.tenant_limits.default.max_colections"),
                refused::getMessage);
    }

    @Test
    void withoutTheSectionThereIsNoPlanInIt() {
        assertTrue(read(Map.of()).plans().isEmpty());
    }

    private static TenantLimitsConfig.TenantLimits limits(TenantLimitsConfig config, String plan) {
        return Objects.requireNonNull(config.plans().get(plan));
    }

    private static TenantLimitsConfig read(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(TenantLimitsConfig.class)
                .withSources(new PropertiesConfigSource(properties, "config.yml", 100))
                .build()
                .getConfigMapping(TenantLimitsConfig.class);
    }
}
