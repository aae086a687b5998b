package dev.vectorhub.engine.core;

import java.util.UUID;

/** The identity of a point within its collection: an unsigned 64-bit number or a UUID. Numbers order before UUIDs. */
public sealed interface PointId extends Comparable<PointId> {

    /**
     * A number.
     *
     * @param value read as unsigned
     */
    record Num(long value) implements PointId {
        @Override
        public int byteLength() {
            return Long.BYTES;
        }

        @Override
        public String toString() {
            return Long.toUnsignedString(value);
        }
    }

    record Uuid(UUID value) implements PointId {
        @Override
        public int byteLength() {
            return 2 * Long.BYTES;
        }

        @Override
        public String toString() {
            return value.toString();
        }
    }

    static PointId of(long value) {
        return new Num(value);
    }

    static PointId of(UUID value) {
        return new Uuid(value);
    }

    /** Bytes that the id counts for in {@code logicalBytes}: 8 or 16. */
    int byteLength();

    /** Numbers as unsigned before UUIDs as 128-bit unsigned numbers (not {@link UUID#compareTo}, which is signed). */
    @Override
    default int compareTo(PointId other) {
        return switch (this) {
            case Num(long a) -> other instanceof Num(long b) ? Long.compareUnsigned(a, b) : -1;
            case Uuid(UUID a) -> {
                if (!(other instanceof Uuid(UUID b))) {
                    yield 1;
                }
                int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
                yield high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
            }
        };
    }
}
