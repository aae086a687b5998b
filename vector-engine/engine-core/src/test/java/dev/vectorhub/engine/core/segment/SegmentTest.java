package dev.vectorhub.engine.core.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.engine.core.Compression;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorKind;
import dev.vectorhub.engine.core.kernel.CodeRows;
import dev.vectorhub.engine.core.kernel.Metric;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.point.RefCounted;
import dev.vectorhub.engine.core.storage.BlobRef;
import dev.vectorhub.engine.core.storage.BlobWriter;
import dev.vectorhub.engine.core.storage.MappedFiles;
import dev.vectorhub.engine.core.vector.RowForm;
import dev.vectorhub.engine.core.vector.Rows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.roaringbitmap.RoaringBitmap;

class SegmentTest {
    private static final int[] DIMENSIONS = {3, 100};
    private static final List<SegmentWriter.Column> COLUMNS = List.of(
            new SegmentWriter.Column(VectorKind.DENSE, RowForm.FLOAT32, 3, null),
            new SegmentWriter.Column(VectorKind.DENSE, RowForm.FLOAT32, 100, Metric.L1));
    private static final List<VectorConfig> VECTORS = List.of(
            new VectorConfig("a", DIMENSIONS[0], Distance.DOT),
            new VectorConfig("b", DIMENSIONS[1], Distance.MANHATTAN));

    @TempDir
    Path directory;

    private final MappedFiles files = new MappedFiles(Runnable::run);

    /** Points in the order that they are added; the second vector only of every third one. */
    private static final class ListedPart implements Part {
        final List<PointId> ids = new ArrayList<>();
        final List<byte[]> payloads = new ArrayList<>();
        final MemorySegment[] memory = new MemorySegment[2];

        ListedPart(Random random, int count) {
            for (int v = 0; v < 2; v++) {
                long stride = RowForm.FLOAT32.stride(DIMENSIONS[v]);
                memory[v] = Arena.ofAuto().allocate(count * stride, 64);
                for (int i = 0; i < count; i++) {
                    RowForm.FLOAT32.write(row(v, i), memory[v], i * stride);
                }
            }
            for (int i = 0; i < count; i++) {
                ids.add(i % 2 == 0 ? PointId.of(random.nextLong()) : PointId.of(new UUID(random.nextLong(), i)));
                // now and then larger than a block
                int length = i % 50 == 0 ? 20_000 : random.nextInt(300);
                payloads.add(
                        i % 5 == 0 && length < 300
                                ? new byte[0]
                                : ("{\"i\":\"" + "ab".repeat(length / 2) + i + "\"}").getBytes(StandardCharsets.UTF_8));
            }
        }

        static float[] row(int vector, int i) {
            float[] row = new float[DIMENSIONS[vector]];
            for (int d = 0; d < row.length; d++) {
                row[d] = i + d / 128f;
            }
            return row;
        }

        @Override
        public int size() {
            return ids.size();
        }

        @Override
        public PointId id(int ordinal) {
            return ids.get(ordinal);
        }

        @Override
        public int find(PointId id) {
            return ids.indexOf(id);
        }

        @Override
        public boolean ordered() {
            return false;
        }

        @Override
        public long version(int ordinal) {
            return 1000L + ordinal;
        }

        @Override
        public int payloadLength(int ordinal) {
            return payloads.get(ordinal).length;
        }

        @Override
        public PayloadCursor payloads() {
            return PayloadCursor.of(payloads::get);
        }

        @Override
        public Rows rows(int vector) {
            return new Rows(
                    new MemorySegment[] {memory[vector]}, Rows.SINGLE_CHUNK, RowForm.FLOAT32, DIMENSIONS[vector]);
        }

        @Override
        public boolean has(int vector, int ordinal) {
            return vector == 0 || ordinal % 3 == 0;
        }

        @Override
        public int count(int vector) {
            return vector == 0 ? size() : (size() + 2) / 3;
        }

        @Override
        public RefCounted memory() {
            throw new AssertionError("not asked for");
        }
    }

    private Segment write(PointOrder order, Compression compression, String name) throws Exception {
        BlobRef ref;
        try (BlobWriter out = new BlobWriter(directory.resolve(name), 1)) {
            // not the first blob of its file
            out.beginBlob();
            out.put(new byte[77]);
            out.endBlob();
            ref = SegmentWriter.write(out, order, COLUMNS, compression, 3);
            out.force();
        }
        assertEquals(0, ref.offset() % BlobWriter.ALIGNMENT);
        return Segment.open(files.acquire(directory.resolve(name)), ref, VECTORS);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void whatIsWrittenIsRead(Compression compression) throws Exception {
        ListedPart part = new ListedPart(new Random(3), 500);
        RoaringBitmap dead = RoaringBitmap.bitmapOf(0, 7, 499);
        Segment segment = write(PointOrder.of(List.of(part), List.of(dead)), compression, "segment");
        assertEquals(497, segment.size());
        Part.PayloadCursor payloads = segment.payloads();
        float[] row = new float[100];
        int vectors = 0;
        for (int ordinal = 0; ordinal < segment.size(); ordinal++) {
            PointId id = segment.id(ordinal);
            int i = part.find(id);
            assertFalse(dead.contains(i));
            assertEquals(ordinal, segment.find(id));
            assertTrue(ordinal == 0 || segment.id(ordinal - 1).compareTo(id) < 0, "ascending");
            assertEquals(1000L + i, segment.version(ordinal));
            assertArrayEquals(part.payloads.get(i), payloads.payload(ordinal));
            assertEquals(part.payloads.get(i).length, segment.payloadLength(ordinal));
            assertEquals(i % 3 == 0, segment.has(1, ordinal));
            if (i % 3 == 0) {
                segment.rows(1).copyTo(ordinal, row);
                assertArrayEquals(ListedPart.row(1, i), row);
                vectors++;
            }
        }
        assertNull(segment.codes(0));
        CodeRows codes = segment.codes(1);
        assertNotNull(codes);
        assertEquals(497, codes.size());
        assertTrue(segment.hasAll(0));
        assertEquals(vectors, segment.count(1));
        assertEquals(-1, segment.find(part.id(7)));
        assertEquals(-1, segment.find(PointId.of(new UUID(5, 5))));
        segment.memory().release();
        assertEquals(0, files.count());
    }

    @Test
    void severalSourcesAreMergedById() throws Exception {
        ListedPart a = new ListedPart(new Random(1), 60);
        ListedPart b = new ListedPart(new Random(2), 40);
        Segment first = write(PointOrder.of(List.of(a), List.of(new RoaringBitmap())), Compression.LZ4, "a");
        PointOrder order = PointOrder.of(List.of(first, b), List.of(new RoaringBitmap(), new RoaringBitmap()));
        Segment merged = write(order, Compression.LZ4, "b");
        assertEquals(100, merged.size());
        for (int i = 0; i < 40; i++) {
            assertArrayEquals(b.payloads.get(i), merged.payloads().payload(merged.find(b.id(i))));
        }
        for (int i = 0; i < 60; i++) {
            assertArrayEquals(a.payloads.get(i), merged.payloads().payload(merged.find(a.id(i))));
        }
        first.memory().release();
        merged.memory().release();
    }

    @Test
    void rowsOfALargeFileAreFetchedOneByOne() throws Exception {
        ListedPart part = new ListedPart(new Random(3), 12_000);
        Segment segment =
                write(PointOrder.of(List.of(part), List.of(new RoaringBitmap())), Compression.NONE, "segment");
        float[] row = new float[100];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fetched = arena.allocate(RowForm.FLOAT32.stride(100));
            assertFalse(segment.rows(0).fetch(0, fetched), "small ones are not");
            for (int ordinal = 0; ordinal < segment.size(); ordinal += 997) {
                segment.rows(1).unload();
                segment.rows(1).readTo(ordinal, row);
                float[] mapped = new float[100];
                segment.rows(1).copyTo(ordinal, mapped);
                assertArrayEquals(mapped, row);
                if (segment.rows(1).fetch(ordinal, fetched)) {
                    assertEquals(row[99], fetched.getAtIndex(ValueLayout.JAVA_FLOAT, 99));
                }
            }
        }
        segment.memory().release();
    }

    @Test
    void anotherShapeIsRefused() throws Exception {
        ListedPart part = new ListedPart(new Random(3), 20);
        Segment segment =
                write(PointOrder.of(List.of(part), List.of(new RoaringBitmap())), Compression.NONE, "segment");
        segment.memory().release();
        BlobRef beyond = new BlobRef(1, 0, 1L << 40);
        StoreException told = assertThrows(
                StoreException.class, () -> Segment.open(files.acquire(directory.resolve("segment")), beyond, VECTORS));
        assertTrue(String.valueOf(told.getMessage()).contains("segment"), told.getMessage());
        assertEquals(0, files.count(), "the reference is given back");
    }
}
