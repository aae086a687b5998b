package dev.vectorhub.engine.bench.data;

import dev.vectorhub.engine.bench.Failure;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * Vectors on disk, mapped: first {@link #QUERIES} queries, then the base. Its arguments can be handed to another process.
 *
 * @param rows rows of binary32, little-endian
 * @param base rows that are searched
 * @param recall recall@10 at which speeds are compared
 */
public record DataSet(String name, Metric metric, Path rows, int dimensions, int base, double recall) {
    public static final int QUERIES = 1000;
    public static final int BASE_MIN = 1000;
    /** One seed for all that is drawn: two runs see the same data. */
    public static final long SEED = 20_261_123L;

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** The vectors of a set while it is in use. */
    public static final class Vectors {
        private final MemorySegment memory;
        private final int dimensions;

        private Vectors(MemorySegment memory, int dimensions) {
            this.memory = memory;
            this.dimensions = dimensions;
        }

        public float[] query(int index) {
            return row(index);
        }

        public float[] base(int index) {
            return row(QUERIES + index);
        }

        private float[] row(int index) {
            float[] row = new float[dimensions];
            MemorySegment.copy(memory, FLOAT, (long) index * dimensions * Float.BYTES, row, 0, dimensions);
            return row;
        }
    }

    public Vectors vectors() {
        long bytes = (long) (QUERIES + base) * dimensions * Float.BYTES;
        try (FileChannel channel = FileChannel.open(rows)) {
            if (channel.size() < bytes) {
                throw new Failure(rows + " ends early");
            }
            return new Vectors(channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes, Arena.ofAuto()), dimensions);
        } catch (IOException e) {
            throw new Failure(rows + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** For a process of its own. */
    public List<String> arguments() {
        return List.of(name, metric.name(), rows.toString(), "" + dimensions, "" + base, "" + recall);
    }

    public static DataSet of(List<String> arguments) {
        return new DataSet(
                arguments.get(0),
                Metric.valueOf(arguments.get(1)),
                Path.of(arguments.get(2)),
                Integer.parseInt(arguments.get(3)),
                Integer.parseInt(arguments.get(4)),
                Double.parseDouble(arguments.get(5)));
    }
}
