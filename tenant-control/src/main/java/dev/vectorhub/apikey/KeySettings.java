package dev.vectorhub.apikey;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code hub.key.*}. */
@ConfigMapping(prefix = "hub.key")
public interface KeySettings {

    /** At least 32 random bytes in base64. All gateways share it; with another one no key is valid. */
    String pepper();

    /** The {@code <env>} part of new keys: 1 to 16 of {@code a-z 0-9}. */
    @WithDefault("live")
    String env();
}
