package dev.vectorhub.apikey;

/**
 * A new key and, this one time, its secret.
 *
 * @param secret the whole key as a client presents it; stored nowhere, never logged
 */
public record IssuedKey(KeyView key, String secret) {

    @Override
    public String toString() {
        return "IssuedKey[key=" + key + "]";
    }
}
