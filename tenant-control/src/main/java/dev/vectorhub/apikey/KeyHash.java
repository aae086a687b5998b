package dev.vectorhub.apikey;

import java.security.MessageDigest;

/** What is stored of a key: 32 bytes that tell nothing without the pepper. */
final class KeyHash {
    private final byte[] bytes;

    KeyHash(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** Takes as long for a near miss as for a far one. */
    boolean matches(KeyHash other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }
}
