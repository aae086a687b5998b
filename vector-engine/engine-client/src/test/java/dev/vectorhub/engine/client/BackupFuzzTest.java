package dev.vectorhub.engine.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import dev.vectorhub.engine.wire.BackupException;
import dev.vectorhub.engine.wire.BackupReader;
import dev.vectorhub.engine.wire.BackupWriter;
import dev.vectorhub.engine.wire.v1.BackupCollection;
import dev.vectorhub.engine.wire.v1.BackupHeader;
import dev.vectorhub.engine.wire.v1.BackupPoints;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.PointId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever a backup's bytes are, also under checksums that are right, the answer is the backup or its file's name. */
class BackupFuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 600);
    private static final int PREAMBLE_BYTES = 8;

    private static byte[] sound() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BackupWriter writer = new BackupWriter(
                out,
                BackupHeader.newBuilder().setNote(ByteString.copyFromUtf8("{}")).build());
        for (int c = 0; c < 2; c++) {
            writer.collection(BackupCollection.newBuilder()
                    .setCollection(ByteString.copyFrom(new byte[16]))
                    .setPoints(20)
                    .build());
            for (int p = 0; p < 20; p++) {
                writer.point(
                        Point.newBuilder().setId(PointId.newBuilder().setNum(p)).build());
            }
        }
        writer.end();
        return out.toByteArray();
    }

    private static boolean read(byte[] bytes) throws IOException {
        try {
            BackupReader.read("some.vhb", new ByteArrayInputStream(bytes), new BackupReader.Visitor() {
                @Override
                public void header(BackupHeader header) {}

                @Override
                public void collection(BackupCollection collection) {}

                @Override
                public void points(BackupPoints points) {}
            });
            return true;
        } catch (BackupException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("some.vhb"), e.getMessage());
            return false;
        }
    }

    /** With the checksums that its frames, as far as there are any, would have. */
    private static byte[] sealed(byte[] bytes) {
        ByteBuffer all = ByteBuffer.wrap(bytes);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, Math.min(PREAMBLE_BYTES, bytes.length));
        int at = PREAMBLE_BYTES;
        while (at + 8 <= bytes.length) {
            int length = all.getInt(at);
            if (length < 0 || length > bytes.length - at - 8) {
                break;
            }
            crc.update(bytes, at + 8, length);
            all.putInt(at + 4, (int) crc.getValue());
            at += 8 + length;
        }
        return bytes;
    }

    @Test
    void framesAreNotBelieved() throws IOException {
        byte[] sound = sound();
        assertTrue(read(sound));
        assertTrue(read(sealed(sound.clone())));
        Random random = new Random(10);
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] forged = sound.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                forged[random.nextInt(forged.length)] = (byte) random.nextInt();
            }
            if (i % 5 == 0) {
                forged = Arrays.copyOf(forged, random.nextInt(forged.length));
            }
            refused += read(i % 3 == 0 ? forged : sealed(forged)) ? 0 : 1;
        }
        assertTrue(refused > ROUNDS / 2, "refused " + refused);
    }

    @FuzzTest(maxDuration = "3m")
    void anyBytes(byte @Nullable [] data) throws IOException {
        byte[] bytes = data == null ? new byte[0] : data;
        read(bytes);
        read(sealed(bytes.clone()));
    }
}
