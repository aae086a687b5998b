package dev.vectorhub.engine.core.filter;

import dev.vectorhub.engine.core.PointId;
import java.util.UUID;

/**
 * SipHash-2-4 with a zero key of a point's id: 8 bytes little-endian for a number, the 16 of RFC 9562 for a UUID. What Qdrant
 * slices the id space by (Aumasson and Bernstein, 2012).
 */
final class IdHash {
    private static final long V0 = 0x736f6d6570736575L;
    private static final long V1 = 0x646f72616e646f6dL;
    private static final long V2 = 0x6c7967656e657261L;
    private static final long V3 = 0x7465646279746573L;

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    private IdHash() {
        v0 = V0;
        v1 = V1;
        v2 = V2;
        v3 = V3;
    }

    static long of(PointId id) {
        IdHash hash = new IdHash();
        return switch (id) {
            case PointId.Num(long value) -> {
                hash.word(value);
                yield hash.finish(8);
            }
            case PointId.Uuid(UUID value) -> {
                hash.word(Long.reverseBytes(value.getMostSignificantBits()));
                hash.word(Long.reverseBytes(value.getLeastSignificantBits()));
                yield hash.finish(16);
            }
        };
    }

    private void word(long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }

    private long finish(long bytes) {
        word(bytes << 56);
        v2 ^= 0xFF;
        for (int i = 0; i < 4; i++) {
            round();
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
