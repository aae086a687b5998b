package dev.vectorhub.engine.core.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vectorhub.engine.core.Compression;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.Modifier;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorKind;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.point.RefCounted;
import dev.vectorhub.engine.core.storage.BlobRef;
import dev.vectorhub.engine.core.storage.BlobWriter;
import dev.vectorhub.engine.core.storage.MappedFiles;
import dev.vectorhub.engine.core.vector.Postings;
import dev.vectorhub.engine.core.vector.RowForm;
import dev.vectorhub.engine.core.vector.Rows;
import dev.vectorhub.engine.core.vector.SparseRows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;

/** Segments with multi-vectors and sparse ones: as they were written, and with bytes changed under a checksum that fits. */
class SparseSegmentFuzzTest {
    private static final int POINTS = 700;
    private static final int SIZE = 3;
    private static final int MUTATIONS = Integer.getInteger("fuzz.rounds", 3_000);
    private static final List<VectorConfig> VECTORS =
            List.of(VectorConfig.multi("rows", SIZE, Distance.DOT), VectorConfig.sparse("words", Modifier.NONE));

    @TempDir
    Path directory;

    private final MappedFiles files = new MappedFiles(Runnable::run);
    private final Random random = new Random(11);
    private final MixedPart part = new MixedPart(random);

    /** Each third point without words, each fourth without rows. */
    private static final class MixedPart implements Part {
        final VectorValue.Sparse[] words = new VectorValue.Sparse[POINTS];
        final int[] firstRows = new int[POINTS + 1];
        final MemorySegment rows;

        MixedPart(Random random) {
            for (int i = 0; i < POINTS; i++) {
                firstRows[i + 1] = firstRows[i] + (i % 4 == 0 ? 0 : 1 + random.nextInt(4));
                Map<Integer, Float> of = new TreeMap<>(Integer::compareUnsigned);
                for (int w = i % 3 == 0 ? 0 : random.nextInt(10); w > 0; w--) {
                    of.put(random.nextInt(60) * (1 << 26), random.nextFloat());
                }
                float[] values = new float[of.size()];
                int v = 0;
                for (float value : of.values()) {
                    values[v++] = value;
                }
                words[i] = new VectorValue.Sparse(
                        of.keySet().stream().mapToInt(Integer::intValue).toArray(), values);
            }
            long stride = RowForm.FLOAT32.stride(SIZE);
            rows = Arena.ofAuto().allocate(firstRows[POINTS] * stride, 64);
            for (int row = 0; row < firstRows[POINTS]; row++) {
                RowForm.FLOAT32.write(new float[] {row, 2, 3}, rows, row * stride);
            }
        }

        @Override
        public int size() {
            return POINTS;
        }

        @Override
        public PointId id(int ordinal) {
            return PointId.of(ordinal);
        }

        @Override
        public int find(PointId id) {
            throw new AssertionError("not asked for");
        }

        @Override
        public boolean ordered() {
            return true;
        }

        @Override
        public long version(int ordinal) {
            return ordinal;
        }

        @Override
        public int payloadLength(int ordinal) {
            return 0;
        }

        @Override
        public PayloadCursor payloads() {
            return PayloadCursor.of(ordinal -> new byte[0]);
        }

        @Override
        public Rows rows(int vector) {
            return new Rows(new MemorySegment[] {rows}, Rows.SINGLE_CHUNK, RowForm.FLOAT32, SIZE);
        }

        @Override
        public int firstRow(int vector, int ordinal) {
            return firstRows[ordinal];
        }

        @Override
        public SparseRows sparse(int vector) {
            return new SparseRows.Listed(words);
        }

        @Override
        public boolean has(int vector, int ordinal) {
            return vector == 0 ? ordinal % 4 != 0 : ordinal % 3 != 0;
        }

        @Override
        public int count(int vector) {
            return (int) IntStream.range(0, size())
                    .filter(ordinal -> has(vector, ordinal))
                    .count();
        }

        @Override
        public RefCounted memory() {
            throw new AssertionError("not asked for");
        }
    }

    private BlobRef ref = new BlobRef(0, 0, 0);
    private byte[] sound = {};
    private int forgeries;

    @BeforeEach
    void write() throws Exception {
        Path path = directory.resolve("sound");
        try (BlobWriter out = new BlobWriter(path, 1)) {
            PointOrder order = PointOrder.of(List.of(part), List.of(new RoaringBitmap()));
            List<SegmentWriter.Column> columns = List.of(
                    new SegmentWriter.Column(VectorKind.MULTI, RowForm.FLOAT32, SIZE, null),
                    new SegmentWriter.Column(VectorKind.SPARSE, RowForm.FLOAT32, 0, null));
            ref = SegmentWriter.write(out, order, columns, Compression.NONE, 3);
            out.force();
        }
        sound = Files.readAllBytes(path);
    }

    private Segment open(Path path) {
        return Segment.open(files.acquire(path), ref, VECTORS);
    }

    @Test
    void whatIsWrittenIsRead() {
        Segment segment = open(directory.resolve("sound"));
        Postings postings = segment.postings(1);
        assertNotNull(postings);
        long entries = 0;
        for (int i = 0; i < POINTS; i++) {
            assertEquals(part.has(0, i), segment.has(0, i));
            assertEquals(part.firstRow(0, i), segment.firstRow(0, i));
            assertEquals(part.words[i], segment.sparse(1).vector(i));
            entries += part.words[i].indices().length;
            for (int w = 0; w < part.words[i].indices().length; w++) {
                assertEquals(
                        part.words[i].values()[w],
                        listed(postings, part.words[i].indices()[w], i));
            }
        }
        int rows = segment.firstRow(0, POINTS);
        assertEquals(part.firstRows[POINTS], rows);
        assertArrayEquals(new float[] {rows - 1, 2, 3}, segment.rows(0).copy(rows - 1, 1));
        assertEquals(entries, postings.entries());
        assertEquals(-1, postings.list(12345));
        segment.memory().release();
    }

    /** The value in the list, which ascends and keeps its bounds. */
    private static float listed(Postings postings, int index, int ordinal) {
        int list = postings.list(index);
        assertTrue(list >= 0);
        float found = Float.NaN;
        int last = -1;
        for (long at = postings.start(list); at < postings.start(list + 1); at++) {
            long entry = postings.entry(at);
            assertTrue(Postings.ordinal(entry) > last);
            last = Postings.ordinal(entry);
            assertTrue(Postings.value(entry) >= postings.least(list));
            assertTrue(Postings.value(entry) <= postings.greatest(list));
            found = last == ordinal ? Postings.value(entry) : found;
        }
        return found;
    }

    /** An opened segment may answer nonsense to forged bytes, but reads nothing outside itself and comes to an end. */
    @Test
    void forgedBytesAreToldOrStayWithinTheSegment() throws Exception {
        int told = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] forged = sound.clone();
            int at = random.nextInt(forged.length - 32);
            ByteBuffer bytes = ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN);
            switch (random.nextInt(3)) {
                case 0 -> forged[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes.putInt(at & ~3, random.nextInt());
                default -> bytes.putLong(at & ~7, random.nextBoolean() ? -1L : Long.MAX_VALUE);
            }
            told += isTold(forged) ? 1 : 0;
        }
        assertTrue(told > 0, "nothing was told");
        assertEquals(0, files.count(), "references are given back");
    }

    /** The sound segment with bytes replaced: five of the input say where and by what. */
    @FuzzTest(maxDuration = "3m")
    void anyBytesWithinASoundOne(byte @Nullable [] data) throws IOException {
        ByteBuffer changes = ByteBuffer.wrap(data == null ? new byte[0] : data);
        byte[] forged = sound.clone();
        while (changes.remaining() >= 5) {
            forged[Math.floorMod(changes.getInt(), forged.length)] = changes.get();
        }
        isTold(forged);
    }

    /** Under the checksum that it would have. */
    private boolean isTold(byte[] forged) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(forged, 0, forged.length - 8);
        ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN).putInt(forged.length - 8, (int) crc.getValue());
        Path path = directory.resolve("forged" + forgeries++);
        Files.write(path, forged);
        try {
            return isTold(path);
        } finally {
            Files.delete(path);
        }
    }

    private boolean isTold(Path path) {
        Segment segment;
        try {
            segment = open(path);
        } catch (StoreException e) {
            assertEquals(StoreException.Code.UNAVAILABLE, e.code());
            return true;
        }
        boolean told = false;
        try {
            for (int i = 0; i < POINTS; i++) {
                if (!segment.lacks(0)) {
                    segment.has(0, i);
                    segment.rows(0).copy(segment.firstRow(0, i), segment.firstRow(0, i + 1) - segment.firstRow(0, i));
                }
                if (!segment.lacks(1)) {
                    segment.sparse(1).vector(i);
                }
            }
            Postings postings = segment.postings(1);
            for (int list = 0; postings != null && list < 50; list++) {
                for (long at = postings.start(list); at < postings.start(list + 1); at++) {
                    postings.entry(at);
                }
            }
        } catch (IndexOutOfBoundsException e) {
            told = true;
        }
        segment.memory().release();
        return told;
    }
}
