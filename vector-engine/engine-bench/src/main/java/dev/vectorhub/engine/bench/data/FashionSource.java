package dev.vectorhub.engine.bench.data;

import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.Progress;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Fashion-MNIST, 60,000 pictures of 28 × 28 under L2, from Debian's package; the queries are pictures of its test half. */
final class FashionSource implements Source {
    private static final Path FOLDER = Path.of("/usr/share/datasets/fashion-mnist");
    private static final int PIXELS = 784;
    private static final int BASE = 60_000;
    private static final int IMAGES_MAGIC = 0x803;

    @Override
    public String name() {
        return "fashion";
    }

    @Override
    public Metric metric() {
        return Metric.L2;
    }

    @Override
    public int dimensions() {
        return PIXELS;
    }

    @Override
    public int base() {
        return BASE;
    }

    @Override
    public double recall() {
        return 0.995;
    }

    @Override
    public void fill(RowFile file, int rows, Progress progress) throws IOException {
        if (!Files.isDirectory(FOLDER)) {
            throw new Failure("data set fashion is not installed: apt-get install dataset-fashion-mnist");
        }
        progress.say("unpacking Fashion-MNIST from %s", FOLDER);
        if (file.rows() != 0) {
            throw new Failure("the cached rows of fashion are incomplete; remove them");
        }
        copy(FOLDER.resolve("t10k-images-idx3-ubyte.gz"), DataSet.QUERIES, file);
        copy(FOLDER.resolve("train-images-idx3-ubyte.gz"), BASE, file);
        file.commit();
    }

    private static void copy(Path images, int count, RowFile file) throws IOException {
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(new GZIPInputStream(Files.newInputStream(images), 1 << 16), 1 << 16))) {
            int magic = in.readInt();
            int available = in.readInt();
            int pixels = in.readInt() * in.readInt();
            if (magic != IMAGES_MAGIC || pixels != PIXELS || available < count) {
                throw new Failure(images + " is not " + count + " pictures of " + PIXELS + " pixels");
            }
            byte[] picture = new byte[PIXELS];
            float[] vector = new float[PIXELS];
            for (int i = 0; i < count; i++) {
                in.readFully(picture);
                for (int p = 0; p < PIXELS; p++) {
                    vector[p] = picture[p] & 0xff;
                }
                file.append(vector, false);
            }
        }
    }
}
