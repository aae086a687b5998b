package dev.vectorhub.engine.bench.data;

import dev.vectorhub.engine.bench.Failure;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Vectors as others store them: {@code fvecs} (before each row a little-endian int, its length) or NumPy's {@code npy} of
 * binary32 in two dimensions, C order.
 *
 * @param headerBytes before the first row
 * @param rowHeaderBytes before each row
 */
record VectorFile(Path file, int rows, int dimensions, int headerBytes, int rowHeaderBytes) {
    private static final int DIMENSIONS_MAX = 65_536;
    private static final int NPY_MAGIC = 0x934e554d; // \x93NUM
    private static final int NPY_HEADER_BYTES_MAX = 65_535;
    private static final Pattern NPY_SHAPE = Pattern.compile("'shape': *\\((\\d{1,9}), *(\\d{1,5})\\)");

    /** What takes the rows. */
    interface Sink {
        void accept(float[] vector) throws IOException;
    }

    static VectorFile open(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return file.toString().endsWith(".npy") ? npy(file, in) : fvecs(file, in);
        }
    }

    private static VectorFile fvecs(Path file, DataInputStream in) throws IOException {
        int dimensions = Integer.reverseBytes(in.readInt());
        long rowBytes = Integer.BYTES + (long) dimensions * Float.BYTES;
        long size = Files.size(file);
        if (dimensions < 1 || dimensions > DIMENSIONS_MAX || size % rowBytes != 0) {
            throw new Failure(file + " is not in the form fvecs");
        }
        return new VectorFile(file, Math.toIntExact(size / rowBytes), dimensions, 0, Integer.BYTES);
    }

    private static VectorFile npy(Path file, DataInputStream in) throws IOException {
        if (in.readInt() != NPY_MAGIC) {
            throw new Failure(file + " is not in the form npy");
        }
        in.skipNBytes(2);
        int major = in.readUnsignedByte();
        in.skipNBytes(1);
        int length = major == 1
                ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
                : Integer.reverseBytes(in.readInt());
        if (length < 0 || length > NPY_HEADER_BYTES_MAX) {
            throw new Failure(file + " has a header of " + length + " bytes");
        }
        String header = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
        Matcher shape = NPY_SHAPE.matcher(header);
        if (!header.contains("'<f4'") || !header.contains("'fortran_order': False") || !shape.find()) {
            throw new Failure(file + " must hold little-endian binary32 in two dimensions, C order: " + header.strip());
        }
        int rows = Integer.parseInt(shape.group(1));
        int dimensions = Integer.parseInt(shape.group(2));
        int headerBytes = (major == 1 ? 10 : 12) + length;
        if (dimensions < 1 || Files.size(file) != headerBytes + (long) rows * dimensions * Float.BYTES) {
            throw new Failure(file + " is not as long as its header says");
        }
        return new VectorFile(file, rows, dimensions, headerBytes, 0);
    }

    void read(int count, Sink sink) throws IOException {
        float[] vector = new float[dimensions];
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            in.skipNBytes(headerBytes);
            for (int i = 0; i < Math.min(count, rows); i++) {
                if (rowHeaderBytes > 0 && Integer.reverseBytes(in.readInt()) != dimensions) {
                    throw new Failure(file + ": row " + i + " has another length than the first");
                }
                byte[] bytes = in.readNBytes(dimensions * Float.BYTES);
                ByteBuffer.wrap(bytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(vector);
                sink.accept(vector);
            }
        }
    }
}
