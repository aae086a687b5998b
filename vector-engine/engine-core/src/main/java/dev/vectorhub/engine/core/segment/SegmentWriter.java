package dev.vectorhub.engine.core.segment;

import dev.vectorhub.engine.core.Compression;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.VectorKind;
import dev.vectorhub.engine.core.kernel.CodeRows;
import dev.vectorhub.engine.core.kernel.Int8;
import dev.vectorhub.engine.core.kernel.Metric;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.segment.PayloadCodec.Block;
import dev.vectorhub.engine.core.storage.BlobRef;
import dev.vectorhub.engine.core.storage.BlobWriter;
import dev.vectorhub.engine.core.vector.RowForm;
import dev.vectorhub.engine.core.vector.Rows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes a segment: points by ascending id, which never change again. A segment is a blob: a file of its own or a stretch of a
 * slab. All integers are little-endian, offsets count from the start of the blob, sections begin at multiples of 64.
 *
 * <pre>
 * header    u32 magic "VHSG"   u16 format version   u16 header bytes (64)   u32 points   u32 numeric ids   u32 vectors
 *           zero, to 64; the version is 2 if all vectors are dense and of binary32 and written, else 3
 *           of a vector that no point has there are no sections
 * sections  NUMBERS         u64 for each numeric id, unsigned ascending: the first ordinals
 *           UUIDS           u64 high, u64 low for each UUID, unsigned ascending: the ordinals after them
 *           VERSIONS        u64 for each point: the log index of its write
 *           PAYLOAD_PLACES  u32 offset in the block, u32 length, for each point
 *           PAYLOAD_INDEX   for each block: u64 offset in PAYLOAD_BLOCKS, u32 stored bytes, u32 raw bytes,
 *                           u32 first ordinal, u32 codec (0 none, 1 lz4, 2 zstd)
 *           PAYLOAD_BLOCKS  the blocks; a point's payload lies within one block
 *           VECTORS i       a row for each point, padded: components as {@link RowForm} has them; zeros where it has none;
 *                           of a multi-vector a row for each row that there is, point after point
 *           PRESENCE i      one bit for each point, only where some point lacks vector i
 *           STARTS i        of a multi-vector or sparse one: u64 for each point, and one more, ascending: where its rows or
 *                           components begin
 *           INDICES i       of a sparse vector: u32 for each component, unsigned ascending within a point
 *           VALUES i        of a sparse vector: binary32 for each component
 *           ENTRIES i       of a sparse vector, only where a part is worth searching by them: its components by index, then by
 *                           ordinal: u32 ordinal, binary32 value
 *           TERMS i         with ENTRIES: u32 for each index that occurs, unsigned ascending
 *           LISTS i         with ENTRIES: for each of TERMS, u64 number of its first entry, binary32 least and greatest value;
 *                           then u64 number of all entries
 *           CODES i         int8 codes for each point as {@link CodeRows} without links, only where they were asked for
 * table     for each section: u32 kind, u32 vector, u64 offset, u64 bytes
 * footer    u64 offset of the table   u32 sections   u32 zero   u64 bytes of the blob   u32 CRC32C of all before   u32 magic
 * </pre>
 */
public final class SegmentWriter {
    /** Small enough that one payload costs one cheap block, large enough to compress. */
    private static final int BLOCK_BYTES = 8 << 10;

    /** Fewer sparse vectors are compared one by one as fast as they are found by their indices. */
    private static final int POSTINGS_POINTS_MIN = 256;

    private record Section(int kind, int vector, long offset, long bytes) {}

    private final BlobWriter out;
    private final PointOrder points;
    private final Compression compression;
    private final int level;
    private final List<Section> sections = new ArrayList<>();

    private SegmentWriter(BlobWriter out, PointOrder points, Compression compression, int level) {
        this.out = out;
        this.points = points;
        this.compression = compression;
        this.level = level;
    }

    /**
     * A vector of the collection.
     *
     * @param dimensions of a row; 0 of a sparse vector
     * @param codes what int8 codes of a dense vector are to be made for; null for none
     */
    public record Column(
            VectorKind kind,
            RowForm form,
            int dimensions,
            @Nullable Metric codes) {}

    /**
     * Writes the points as one segment.
     *
     * @param columns in the collection's order; nothing is written where there is null, or where no point has the vector, whose
     *     place another one may take
     */
    public static BlobRef write(
            BlobWriter out, PointOrder points, List<@Nullable Column> columns, Compression compression, int level)
            throws IOException {
        SegmentWriter writer = new SegmentWriter(out, points, compression, level);
        List<@Nullable Column> held = new ArrayList<>();
        for (int v = 0; v < columns.size(); v++) {
            Column column = columns.get(v);
            held.add(column == null || writer.lacks(v) ? null : column);
        }
        return writer.write(held);
    }

    private BlobRef write(List<@Nullable Column> columns) throws IOException {
        out.beginBlob();
        out.putInt(SegmentFormat.MAGIC);
        boolean plain = columns.stream().allMatch(SegmentWriter::isPlain);
        out.putShort(plain ? SegmentFormat.VERSION_DENSE : SegmentFormat.VERSION);
        out.putShort(SegmentFormat.HEADER_BYTES);
        out.putInt(points.size());
        int numbers = 0;
        while (numbers < points.size() && id(numbers) instanceof PointId.Num) {
            numbers++;
        }
        out.putInt(numbers);
        out.putInt(columns.size());
        out.putZeros(SegmentFormat.HEADER_BYTES - out.position());
        ids(numbers);
        versions();
        payloads();
        for (int v = 0; v < columns.size(); v++) {
            Column column = columns.get(v);
            if (column == null) {
                continue;
            }
            switch (column.kind()) {
                case DENSE -> {
                    vectors(v, column);
                    if (column.codes() != null) {
                        codes(v, column.dimensions(), column.codes());
                    }
                }
                case MULTI -> multi(v, column);
                case SPARSE -> sparse(v);
            }
            presence(v);
        }
        table();
        return out.endBlob();
    }

    private static boolean isPlain(@Nullable Column column) {
        return column != null && column.kind() == VectorKind.DENSE && column.form() == RowForm.FLOAT32;
    }

    private Part source(int i) {
        return points.sources().get(points.source()[i]);
    }

    private PointId id(int i) {
        return source(i).id(points.ordinal()[i]);
    }

    private void ids(int numbers) throws IOException {
        long start = begin();
        for (int i = 0; i < numbers; i++) {
            out.putLong(((PointId.Num) id(i)).value());
        }
        end(SegmentFormat.NUMBERS, 0, start);
        start = begin();
        for (int i = numbers; i < points.size(); i++) {
            UUID uuid = ((PointId.Uuid) id(i)).value();
            out.putLong(uuid.getMostSignificantBits());
            out.putLong(uuid.getLeastSignificantBits());
        }
        end(SegmentFormat.UUIDS, 0, start);
    }

    private void versions() throws IOException {
        long start = begin();
        for (int i = 0; i < points.size(); i++) {
            out.putLong(source(i).version(points.ordinal()[i]));
        }
        end(SegmentFormat.VERSIONS, 0, start);
    }

    private void payloads() throws IOException {
        long start = begin();
        int filled = 0;
        for (int i = 0; i < points.size(); i++) {
            int length = source(i).payloadLength(points.ordinal()[i]);
            if (filled > 0 && filled + length > BLOCK_BYTES) {
                filled = 0;
            }
            out.putInt(filled);
            out.putInt(length);
            filled += length;
        }
        end(SegmentFormat.PAYLOAD_PLACES, 0, start);
        List<int[]> index = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        start = begin();
        List<Part.PayloadCursor> cursors = new ArrayList<>();
        for (Part part : points.sources()) {
            cursors.add(part.payloads());
        }
        ByteArrayOutputStream block = new ByteArrayOutputStream(BLOCK_BYTES);
        int first = 0;
        for (int i = 0; i < points.size(); i++) {
            byte[] payload = cursors.get(points.source()[i]).payload(points.ordinal()[i]);
            if (block.size() > 0 && block.size() + payload.length > BLOCK_BYTES) {
                offsets.add(out.position() - start);
                index.add(block(block, first));
                first = i;
            }
            block.writeBytes(payload);
        }
        if (block.size() > 0) {
            offsets.add(out.position() - start);
            index.add(block(block, first));
        }
        end(SegmentFormat.PAYLOAD_BLOCKS, 0, start);
        start = begin();
        for (int b = 0; b < index.size(); b++) {
            out.putLong(offsets.get(b));
            for (int value : index.get(b)) {
                out.putInt(value);
            }
        }
        end(SegmentFormat.PAYLOAD_INDEX, 0, start);
    }

    private int[] block(ByteArrayOutputStream raw, int first) throws IOException {
        Block block = PayloadCodec.compress(raw.toByteArray(), compression, level);
        out.put(block.bytes());
        int[] entry = {block.bytes().length, raw.size(), first, block.codec()};
        raw.reset();
        return entry;
    }

    private void vectors(int vector, Column column) throws IOException {
        long start = begin();
        for (int i = 0; i < points.size(); i++) {
            Part part = source(i);
            int ordinal = points.ordinal()[i];
            if (part.has(vector, ordinal)) {
                row(part.rows(vector), ordinal, column);
            } else {
                out.putZeros(column.form().stride(column.dimensions()));
            }
        }
        end(SegmentFormat.VECTORS, vector, start);
    }

    private void row(Rows rows, int row, Column column) throws IOException {
        long bytes = column.form().bytes(column.dimensions());
        out.put(rows.chunk(row), rows.offset(row), bytes);
        out.putZeros(column.form().stride(column.dimensions()) - bytes);
    }

    private void multi(int vector, Column column) throws IOException {
        starts(vector, (part, ordinal) -> part.firstRow(vector, ordinal + 1) - part.firstRow(vector, ordinal));
        long start = begin();
        for (int i = 0; i < points.size(); i++) {
            if (!has(vector, i)) {
                continue;
            }
            Part part = source(i);
            int ordinal = points.ordinal()[i];
            for (int row = part.firstRow(vector, ordinal); row < part.firstRow(vector, ordinal + 1); row++) {
                row(part.rows(vector), row, column);
            }
        }
        end(SegmentFormat.VECTORS, vector, start);
    }

    private void sparse(int vector) throws IOException {
        starts(vector, (part, ordinal) -> part.sparse(vector).length(ordinal));
        long start = begin();
        for (int i = 0; i < points.size(); i++) {
            if (!has(vector, i)) {
                continue;
            }
            for (int index :
                    source(i).sparse(vector).vector(points.ordinal()[i]).indices()) {
                out.putInt(index);
            }
        }
        end(SegmentFormat.INDICES, vector, start);
        start = begin();
        for (int i = 0; i < points.size(); i++) {
            if (!has(vector, i)) {
                continue;
            }
            for (float value :
                    source(i).sparse(vector).vector(points.ordinal()[i]).values()) {
                out.putInt(Float.floatToRawIntBits(value));
            }
        }
        end(SegmentFormat.VALUES, vector, start);
        if (points.size() >= POSTINGS_POINTS_MIN) {
            postings(vector);
        }
    }

    private void postings(int vector) throws IOException {
        PostingsWriter postings = new PostingsWriter(points, vector);
        long start = begin();
        if (postings.entries(out)) {
            end(SegmentFormat.ENTRIES, vector, start);
            start = begin();
            postings.terms(out);
            end(SegmentFormat.TERMS, vector, start);
            start = begin();
            postings.lists(out);
            end(SegmentFormat.LISTS, vector, start);
        }
    }

    /** Parts may be older than the vector: only of points that have it anything is asked. */
    private boolean has(int vector, int i) {
        return source(i).has(vector, points.ordinal()[i]);
    }

    private boolean lacks(int vector) {
        for (int i = 0; i < points.size(); i++) {
            if (has(vector, i)) {
                return false;
            }
        }
        return true;
    }

    private interface Length {
        int of(Part part, int ordinal);
    }

    private void starts(int vector, Length length) throws IOException {
        long start = begin();
        long sum = 0;
        for (int i = 0; i < points.size(); i++) {
            out.putLong(sum);
            if (has(vector, i)) {
                sum += length.of(source(i), points.ordinal()[i]);
            }
        }
        out.putLong(sum);
        end(SegmentFormat.STARTS, vector, start);
    }

    private void codes(int vector, int dimensions, Metric metric) throws IOException {
        long stride = CodeRows.stride(dimensions, 0);
        float[] components = new float[dimensions];
        long start = begin();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment row = arena.allocate(stride, CodeRows.LINE_BYTES);
            CodeRows one = new CodeRows(row, 1, dimensions, stride);
            for (int i = 0; i < points.size(); i++) {
                Part part = source(i);
                int ordinal = points.ordinal()[i];
                if (part.has(vector, ordinal)) {
                    part.rows(vector).copyCompared(ordinal, components);
                } else {
                    Arrays.fill(components, 0);
                }
                Int8.write(components, metric, one, 0);
                one.setOrdinal(0, i);
                out.put(row, 0, stride);
            }
        }
        end(SegmentFormat.CODES, vector, start);
    }

    private void presence(int vector) throws IOException {
        boolean all = true;
        for (int i = 0; all && i < points.size(); i++) {
            all = source(i).has(vector, points.ordinal()[i]);
        }
        if (all) {
            return;
        }
        long start = begin();
        for (int i = 0; i < points.size(); i += 8) {
            int bits = 0;
            for (int j = i; j < Math.min(i + 8, points.size()); j++) {
                if (source(j).has(vector, points.ordinal()[j])) {
                    bits |= 1 << (j - i);
                }
            }
            out.putByte(bits);
        }
        end(SegmentFormat.PRESENCE, vector, start);
    }

    private long begin() throws IOException {
        out.align();
        return out.position();
    }

    private void end(int kind, int vector, long start) {
        sections.add(new Section(kind, vector, start, out.position() - start));
    }

    private void table() throws IOException {
        out.align();
        long offset = out.position();
        for (Section section : sections) {
            out.putInt(section.kind());
            out.putInt(section.vector());
            out.putLong(section.offset());
            out.putLong(section.bytes());
        }
        out.putLong(offset);
        out.putInt(sections.size());
        out.putInt(0);
        out.putLong(out.position() + 16);
        out.putInt(out.checksum());
        out.putInt(SegmentFormat.MAGIC);
    }
}
