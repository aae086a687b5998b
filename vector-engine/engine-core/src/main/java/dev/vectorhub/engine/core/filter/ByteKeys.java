package dev.vectorhub.engine.core.filter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;

/** A fixed set of texts, looked up by a stretch of UTF-8 without making a string of it. */
final class ByteKeys {
    static final int NONE = -1;

    private final byte[][] keys;
    /** Open addressing, at most half full: a key's position + 1. */
    private final int[] table;

    ByteKeys(Collection<String> texts) {
        keys = new LinkedHashSet<>(texts)
                .stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
        table = new int[Integer.highestOneBit(Math.max(1, keys.length) * 4)];
        for (int k = 0; k < keys.length; k++) {
            int slot = slot(keys[k], 0, keys[k].length);
            while (table[slot] != 0) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = k + 1;
        }
    }

    int size() {
        return keys.length;
    }

    private int slot(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return (hash ^ hash >>> 15) & (table.length - 1);
    }

    /** The position of the text in the order that was given, repeated ones counted once; {@link #NONE} if it is not in the set. */
    int find(byte[] bytes, int from, int to) {
        int slot = slot(bytes, from, to);
        while (table[slot] != 0) {
            byte[] key = keys[table[slot] - 1];
            if (Arrays.equals(key, 0, key.length, bytes, from, to)) {
                return table[slot] - 1;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return NONE;
    }
}
