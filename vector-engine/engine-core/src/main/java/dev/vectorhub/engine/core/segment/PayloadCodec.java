package dev.vectorhub.engine.core.segment;

import com.github.luben.zstd.Zstd;
import dev.vectorhub.engine.core.Compression;
import net.jpountz.lz4.LZ4Factory;

/** Compresses blocks. The codec is stored with each block: one that would not shrink stays as it is. */
final class PayloadCodec {
    static final int NONE = 0;
    static final int LZ4 = 1;
    static final int ZSTD = 2;
    private static final LZ4Factory FACTORY = LZ4Factory.fastestInstance();

    private PayloadCodec() {}

    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record Block(int codec, byte[] bytes) {}

    static Block compress(byte[] raw, Compression compression, int level) {
        byte[] packed = switch (compression) {
            case NONE -> raw;
            case LZ4 -> FACTORY.fastCompressor().compress(raw);
            case ZSTD -> Zstd.compress(raw, level);
        };
        if (compression == Compression.NONE || packed.length >= raw.length) {
            return new Block(NONE, raw);
        }
        return new Block(compression == Compression.LZ4 ? LZ4 : ZSTD, packed);
    }

    /**
     * Into the start of {@code raw}; without compression both are the same array.
     *
     * @throws RuntimeException if the block is damaged
     */
    static void decompress(int codec, byte[] packed, int packedLength, byte[] raw, int rawLength) {
        long length = switch (codec) {
            case NONE -> packedLength;
            case LZ4 -> FACTORY.safeDecompressor().decompress(packed, 0, packedLength, raw, 0, rawLength);
            case ZSTD -> Zstd.decompressByteArray(raw, 0, rawLength, packed, 0, packedLength);
            default -> throw new IllegalArgumentException("unknown codec " + codec);
        };
        if (length != rawLength) {
            throw new IllegalArgumentException("block of " + length + " bytes, " + rawLength + " expected");
        }
    }
}
