package dev.vectorhub.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;

/** Writes a sealed file up to a bound; the caller buffers and closes what it writes to. */
final class SealingOutput extends OutputStream {

    /** The file would become larger than it may be. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final OutputStream out;
    private final Mac mac;
    private final MessageDigest digest;
    private final long bytesMax;
    private long bytes;

    SealingOutput(OutputStream out, Mac mac, MessageDigest digest, long bytesMax) {
        this.out = out;
        this.mac = mac;
        this.digest = digest;
        this.bytesMax = bytesMax;
    }

    // The engine writes whole frames; the single-byte form is for their headers.
    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        if (bytes + length + Seal.BYTES > bytesMax) {
            throw new TooLarge();
        }
        mac.update(from, offset, length);
        append(from, offset, length);
    }

    /** Ends the file; returns its checksum. */
    String seal() throws IOException {
        byte[] seal = mac.doFinal();
        append(seal, 0, seal.length);
        out.flush();
        return HexFormat.of().formatHex(digest.digest());
    }

    private void append(byte[] from, int offset, int length) throws IOException {
        digest.update(from, offset, length);
        out.write(from, offset, length);
        bytes += length;
    }
}
