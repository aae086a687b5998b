package dev.vectorhub.api.qdrant.reply;

import dev.vectorhub.api.pipeline.TenantApiException;
import java.io.ByteArrayOutputStream;

/** Collects an answer up to a bound. Written by one thread: the base class's lock is never contended. */
final class ReplyBuffer extends ByteArrayOutputStream {

    private final long bytesMax;

    ReplyBuffer(long bytesMax) {
        super(1_024);
        this.bytesMax = bytesMax;
    }

    // The generator flushes full buffers here: the single-byte form is never hot.
    @Override
    public synchronized void write(int b) {
        room(1);
        super.write(b);
    }

    @Override
    public synchronized void write(byte[] from, int offset, int length) {
        room(length);
        super.write(from, offset, length);
    }

    private void room(int more) {
        if (count + (long) more > bytesMax) {
            throw TenantApiException.wrongInput(
                    "the answer would have more than " + bytesMax + " bytes; ask for fewer points, or without vectors");
        }
    }
}
