package dev.vectorhub.api.pipeline;

import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A compressed body, as it was before. Nothing of it is read before the first byte is asked for.
 *
 * <p>What is not of the format, or ends too early, is the client's error: a {@code malformed-request}.
 */
final class DecompressedStream extends InputStream {

    /** Of the bytes that come in. */
    enum Format {
        /** RFC 1952; several members after each other count as one body. */
        GZIP,
        /** RFC 1950. */
        ZLIB
    }

    private final InputStream compressed;
    private final Format format;
    private @Nullable InputStream plain;

    DecompressedStream(InputStream compressed, Format format) {
        this.compressed = compressed;
        this.format = format;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return plain().read(into, offset, length);
        } catch (ZipException | EOFException e) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    "The body is not what its content-encoding says: it cannot be decompressed");
        }
    }

    private InputStream plain() throws IOException {
        InputStream opened = plain;
        if (opened == null) {
            opened = format == Format.GZIP
                    ? new GZIPInputStream(unhurried(compressed))
                    : new InflaterInputStream(compressed);
            plain = opened;
        }
        return opened;
    }

    /** Looking for a further member, {@link GZIPInputStream} takes what is not there yet for the end. */
    private static InputStream unhurried(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int available() {
                return 1;
            }
        };
    }

    @Override
    public void close() throws IOException {
        InputStream opened = plain;
        if (opened != null) {
            opened.close();
        }
        compressed.close();
    }
}
