package dev.vectorhub.api.malformed;

/**
 * The collection that a body is for.
 *
 * @param vector name of the vector of 4 dimensions; empty for the unnamed one
 */
record Target(String collection, String vector) {

    static final int DIMENSIONS = 4;

    static final Target UNNAMED = new Target("ledger", "");
    static final Target NAMED = new Target("named", "a");

    boolean named() {
        return !vector.isEmpty();
    }
}
