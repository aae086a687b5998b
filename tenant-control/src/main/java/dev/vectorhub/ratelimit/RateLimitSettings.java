package dev.vectorhub.ratelimit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code hub.rate-limit.*}. */
@ConfigMapping(prefix = "hub.rate-limit")
public interface RateLimitSettings {

    /** Requests a minute that one hub process admits, of all tenants together; 0 for no ceiling. */
    @WithDefault("0")
    long nodeRequestsPerMinute();

    /** Requests a minute of the control API that one user may make at one hub process. */
    @WithDefault("600")
    long userRequestsPerMinute();
}
