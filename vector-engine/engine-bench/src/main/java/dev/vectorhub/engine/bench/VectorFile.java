package dev.vectorhub.engine.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the {@code fvecs} form: each vector as a little-endian int of its length, then so many binary32. */
final class VectorFile {
    private static final int DIMENSIONS_MAX = 65_536;

    private VectorFile() {}

    static List<float[]> read(Path file, int limit) throws IOException {
        List<float[]> vectors = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            while (vectors.size() < limit) {
                int dimensions;
                try {
                    dimensions = Integer.reverseBytes(in.readInt());
                } catch (EOFException e) {
                    break;
                }
                if (dimensions < 1 || dimensions > DIMENSIONS_MAX) {
                    throw new IOException(file + " holds a vector of " + dimensions + " components");
                }
                float[] vector = new float[dimensions];
                byte[] bytes = in.readNBytes(4 * dimensions);
                if (bytes.length < 4 * dimensions) {
                    throw new EOFException(file + " ends within a vector");
                }
                ByteBuffer.wrap(bytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(vector);
                vectors.add(vector);
            }
        }
        return vectors;
    }
}
