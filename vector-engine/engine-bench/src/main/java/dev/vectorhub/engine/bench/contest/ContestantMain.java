package dev.vectorhub.engine.bench.contest;

import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A contestant on the JVM: {@code KIND FOLDER} and a data set's arguments; answers what {@link Wire} says. */
public final class ContestantMain {
    private final Index index;
    private final Path folder;
    private final float[][] queries;
    private final long emptyHeapBytes;
    private final DataOutputStream out;

    private ContestantMain(Index index, Path folder, DataSet set, DataOutputStream out) {
        this.index = index;
        this.folder = folder;
        this.out = out;
        this.queries = new float[DataSet.QUERIES][];
        DataSet.Vectors vectors = set.vectors();
        Arrays.setAll(queries, vectors::query);
        this.emptyHeapBytes = Footprint.heapBytes();
    }

    public static void main(String[] arguments) throws Exception {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        // A library that prints must not break the protocol.
        System.setOut(System.err);
        List<String> given = List.of(arguments);
        Path folder = Path.of(given.get(1));
        DataSet set = DataSet.of(given.subList(2, given.size()));
        try (Index index = open(given.get(0), folder, set)) {
            new ContestantMain(index, folder, set, out).serve(new DataInputStream(new BufferedInputStream(System.in)));
        }
    }

    private static Index open(String kind, Path folder, DataSet set) throws IOException {
        return switch (kind) {
            case "engine" -> new EngineIndex(set, folder);
            case "lucene" -> new LuceneIndex(set, folder);
            case "jvector" -> new JVectorIndex(set);
            default -> throw new IllegalArgumentException("no contestant " + kind);
        };
    }

    private void serve(DataInputStream in) throws IOException {
        while (true) {
            int operation = LittleEndian.readInt(in);
            if (operation == Wire.QUIT) {
                return;
            }
            try {
                answer(operation, in);
            } catch (Exception | OutOfMemoryError e) {
                e.printStackTrace();
                byte[] text = e.toString().getBytes(StandardCharsets.UTF_8);
                int length = Math.min(text.length, Wire.ERROR_CHARS_MAX);
                LittleEndian.writeInt(out, 1);
                LittleEndian.writeInt(out, length);
                out.write(text, 0, length);
            }
            out.flush();
        }
    }

    private void answer(int operation, DataInputStream in) throws Exception {
        switch (operation) {
            case Wire.BUILD -> build(LittleEndian.readInt(in), LittleEndian.readInt(in));
            case Wire.SEARCH -> search(LittleEndian.readInt(in), LittleEndian.readInt(in), LittleEndian.readInt(in));
            case Wire.FOOTPRINT -> {
                LittleEndian.writeInt(out, 0);
                LittleEndian.writeLong(
                        out, Math.max(0, Footprint.heapBytes() - emptyHeapBytes) + Footprint.mappedBytes(folder));
                LittleEndian.writeLong(out, index.diskBytes());
            }
            default -> throw new IllegalArgumentException("unknown operation " + operation);
        }
    }

    private void build(int m, int efConstruct) throws Exception {
        long cpu = Footprint.cpuNanos();
        long wall = System.nanoTime();
        index.build(m, efConstruct);
        LittleEndian.writeInt(out, 0);
        LittleEndian.writeLong(out, Footprint.cpuNanos() - cpu);
        LittleEndian.writeLong(out, System.nanoTime() - wall);
    }

    private void search(int ef, int first, int count) throws Exception {
        int[] rows = new int[count * Truth.K];
        Arrays.fill(rows, -1);
        var threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        for (int q = 0; q < count; q++) {
            index.search(queries[first + q], ef, Truth.K, rows, q * Truth.K);
        }
        cpu = threads.getCurrentThreadCpuTime() - cpu;
        wall = System.nanoTime() - wall;
        LittleEndian.writeInt(out, 0);
        LittleEndian.writeLong(out, cpu);
        LittleEndian.writeLong(out, wall);
        for (int row : rows) {
            LittleEndian.writeInt(out, row);
        }
    }
}
