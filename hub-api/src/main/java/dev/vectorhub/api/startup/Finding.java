package dev.vectorhub.api.startup;

/**
 * Something that speaks against running as configured.
 *
 * @param property the configuration key to look at
 * @param message what is wrong and what to do, without the value where that is a secret
 */
public record Finding(Severity severity, String property, String message) {

    /** What a finding does to the start. */
    public enum Severity {
        /** Logged. */
        WARNING,
        /** Stops the start in the production profile; logged elsewhere. */
        SEVERE,
        /** Stops the start in every profile. */
        FATAL
    }
}
