package dev.vectorhub.engine.core.segment;

import com.github.luben.zstd.Zstd;
import dev.vectorhub.engine.core.Compression;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Factory;

/** Compresses blocks. The codec is stored with each block: one that would not shrink stays as it is. */
final class PayloadCodec {
    static final int NONE = 0;
    static final int LZ4 = 1;
    static final int ZSTD = 2;
    private static final LZ4Factory FACTORY = LZ4Factory.fastestInstance();

    private PayloadCodec() {}

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

    /** @throws RuntimeException if the block is damaged */
    static byte[] decompress(int codec, byte[] packed, int rawLength) {
        byte[] raw = switch (codec) {
            case NONE -> packed;
            case LZ4 -> FACTORY.safeDecompressor().decompress(packed, rawLength);
            case ZSTD -> Zstd.decompress(packed, rawLength);
            default -> throw new IllegalArgumentException("unknown codec " + codec);
        };
        if (raw.length != rawLength) {
            throw new IllegalArgumentException("block of " + raw.length + " bytes, " + rawLength + " expected");
        }
        return raw;
    }

    static byte[] payload(byte[] block, int offset, int length) {
        return Arrays.copyOfRange(block, offset, offset + length);
    }
}
