package dev.vectorhub.engine.client;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.RejectionCode;

/**
 * Maps a tenant to one of {@value #COUNT} slots, the unit that is placed on nodes. The mapping is part of the stored state
 * of a cluster and never changes.
 */
public final class Slots {
    public static final int COUNT = 4096;

    private static final int TENANT_BYTES = 16;
    private static final int SHIFT = 64 - 12;

    private Slots() {}

    /** The slot of a tenant given by its UUID's two halves, 0 to {@value #COUNT} - 1. */
    public static int of(long mostSignificantBits, long leastSignificantBits) {
        // Time-ordered UUIDs differ in few bits: both halves go through the full mix.
        return (int) (mix(mix(mostSignificantBits) ^ leastSignificantBits) >>> SHIFT);
    }

    /**
     * The slot of a tenant as the messages carry it.
     *
     * @param tenant 16 bytes, big-endian
     * @throws EngineException {@code INVALID_ARGUMENT} for another length
     */
    public static int of(ByteString tenant) {
        if (tenant.size() != TENANT_BYTES) {
            throw new EngineException(
                    RejectionCode.INVALID_ARGUMENT, "a tenant id has 16 bytes, this one has " + tenant.size());
        }
        return of(bigEndianLong(tenant, 0), bigEndianLong(tenant, 8));
    }

    private static long bigEndianLong(ByteString bytes, int offset) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (bytes.byteAt(offset + i) & 0xff);
        }
        return value;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
