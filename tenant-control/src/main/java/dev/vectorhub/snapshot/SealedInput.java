package dev.vectorhub.snapshot;

import dev.vectorhub.engine.wire.BackupException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;

/** The backup in a sealed file, as a stream; its checksum and its seal once it has been read to the end. */
final class SealedInput extends InputStream {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final Mac mac;
    private final MessageDigest digest;
    private long left;

    SealedInput(Path file, Mac mac, MessageDigest digest) throws IOException {
        long size = Files.size(file);
        if (size < Seal.BYTES) {
            throw new BackupException("the snapshot is cut short", null);
        }
        this.in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        this.mac = mac;
        this.digest = digest;
        this.left = size - Seal.BYTES;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = in.read(into, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new BackupException("the snapshot is cut short", null);
        }
        mac.update(into, offset, read);
        digest.update(into, offset, read);
        left -= read;
        return read;
    }

    /**
     * Compares the seal; the backup has been read to its end.
     *
     * @return SHA-256 of the whole file, in hexadecimal
     * @throws BackupException if it is not the seal of these bytes for this tenant
     */
    String checkSeal() throws IOException {
        byte[] seal = in.readNBytes(Seal.BYTES);
        digest.update(seal);
        if (left != 0 || in.read() >= 0 || !MessageDigest.isEqual(seal, mac.doFinal())) {
            throw new BackupException("the snapshot is damaged, or was not made by this service for this tenant", null);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
