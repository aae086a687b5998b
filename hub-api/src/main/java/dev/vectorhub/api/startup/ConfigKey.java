package dev.vectorhub.api.startup;

/**
 * A key of the configuration.
 *
 * @param name {@code *} stands for one name, {@code [*]} for an index
 * @param fallback what holds without it; empty where it must be set, or where nothing stands for it
 * @param unit of the value
 * @param meaning one sentence
 * @param use who reads it
 */
record ConfigKey(String name, String fallback, String unit, String meaning, Use use) {

    /** Who reads a key. */
    enum Use {
        /** The API and, as far as it has a meaning there, the console. */
        READ,
        /** Part of the guide's form: accepted, so that a guide's file starts, and without an effect in this version. */
        ACCEPTED
    }

    static ConfigKey read(String name, String fallback, String unit, String meaning) {
        return new ConfigKey(name, fallback, unit, meaning, Use.READ);
    }

    static ConfigKey accepted(String name, String unit, String meaning) {
        return new ConfigKey(name, "", unit, meaning, Use.ACCEPTED);
    }
}
