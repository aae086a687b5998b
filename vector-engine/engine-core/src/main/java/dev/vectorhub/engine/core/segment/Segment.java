package dev.vectorhub.engine.core.segment;

import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.kernel.CodeRows;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.point.RefCounted;
import dev.vectorhub.engine.core.storage.BlobRef;
import dev.vectorhub.engine.core.storage.Damage;
import dev.vectorhub.engine.core.storage.MappedFile;
import dev.vectorhub.engine.core.vector.Postings;
import dev.vectorhub.engine.core.vector.RowForm;
import dev.vectorhub.engine.core.vector.Rows;
import dev.vectorhub.engine.core.vector.SparseRows;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SegmentWriter} wrote, from a mapping, checked as a whole when it is opened. */
public final class Segment implements Part {
    /** No file holds more components of sparse vectors. */
    private static final long ENTRIES_MAX = 1L << 48;

    /** Vectors from so many bytes on are read one by one beside the mapping: below, a look at it costs less than it saves. */
    private static final long FETCHED_BYTES_MIN = 4L << 20;

    private final MappedFile file;
    private final BlobRef ref;
    private final MemorySegment bytes;
    private final int size;
    private final int numbers;
    private final MemorySegment numberIds;
    private final MemorySegment uuids;
    private final MemorySegment versions;
    private final MemorySegment places;
    private final MemorySegment blockIndex;
    private final MemorySegment blocks;
    private final Column[] columns;

    /**
     * Takes over the caller's reference to the file, also if it fails.
     *
     * @param vectors of the collection
     * @throws dev.vectorhub.engine.core.StoreException {@code UNAVAILABLE}, naming the file
     */
    public static Segment open(MappedFile file, BlobRef ref, List<VectorConfig> vectors) {
        try {
            return new Segment(file, ref, vectors);
        } catch (RuntimeException e) {
            file.release();
            throw e instanceof IndexOutOfBoundsException
                    ? Damage.in(file.path(), "is damaged at offset " + ref.offset(), e)
                    : e;
        }
    }

    private Segment(MappedFile file, BlobRef ref, List<VectorConfig> vectors) {
        this.file = file;
        this.ref = ref;
        this.bytes = file.blob(ref);
        checkFrame();
        size = bytes.get(SegmentFormat.INT, 8);
        numbers = bytes.get(SegmentFormat.INT, 12);
        if (numbers < 0 || numbers > size || bytes.get(SegmentFormat.INT, 16) > vectors.size()) {
            throw damaged("has a header that does not fit the collection");
        }
        numberIds = section(SegmentFormat.NUMBERS, 0, 8L * numbers);
        uuids = section(SegmentFormat.UUIDS, 0, 16L * (size - numbers));
        versions = section(SegmentFormat.VERSIONS, 0, 8L * size);
        places = section(SegmentFormat.PAYLOAD_PLACES, 0, (long) SegmentFormat.PLACE_BYTES * size);
        blockIndex = section(SegmentFormat.PAYLOAD_INDEX, 0, -1);
        blocks = section(SegmentFormat.PAYLOAD_BLOCKS, 0, -1);
        String fault = PayloadTables.fault(places, blockIndex, blocks, size);
        if (fault != null) {
            throw damaged(fault);
        }
        columns = new Column[vectors.size()];
        for (int v = 0; v < columns.length; v++) {
            columns[v] = column(v, vectors.get(v));
        }
    }

    /**
     * The vectors of one name.
     *
     * @param rows of dense and multi-vectors
     * @param starts of multi-vectors
     * @param presence null if every point has one
     */
    private record Column(
            @Nullable Rows rows,
            @Nullable MemorySegment starts,
            @Nullable SparseRows sparse,
            @Nullable Postings postings,
            @Nullable CodeRows codes,
            @Nullable MemorySegment presence,
            int count) {}

    private static final Column ABSENT = new Column(null, null, null, null, null, null, 0);

    private Column column(int vector, VectorConfig config) {
        if (config.isRemoved() || !holds(vector)) {
            return ABSENT;
        }
        MemorySegment presence = find(SegmentFormat.PRESENCE, vector);
        if (presence != null && presence.byteSize() != (size + 7) / 8) {
            throw damaged("has a presence of another length");
        }
        int count = presence == null ? size : ones(presence);
        return switch (config.kind()) {
            case DENSE ->
                new Column(rows(vector, config, size), null, null, null, codes(vector, config.size()), presence, count);
            case MULTI -> {
                MemorySegment starts = starts(vector);
                long rows = starts.get(SegmentFormat.LONG, 8L * size);
                if (rows > Integer.MAX_VALUE) {
                    throw damaged("has too many rows");
                }
                yield new Column(rows(vector, config, (int) rows), starts, null, null, null, presence, count);
            }
            case SPARSE -> {
                MemorySegment starts = starts(vector);
                long components = starts.get(SegmentFormat.LONG, 8L * size);
                MemorySegment indices = section(SegmentFormat.INDICES, vector, 4 * components);
                MemorySegment values = section(SegmentFormat.VALUES, vector, 4 * components);
                yield new Column(
                        null,
                        null,
                        new SparseRows.Mapped(starts, indices, values),
                        lists(vector),
                        null,
                        presence,
                        count);
            }
        };
    }

    private @Nullable Postings lists(int vector) {
        MemorySegment entries = find(SegmentFormat.ENTRIES, vector);
        MemorySegment terms = find(SegmentFormat.TERMS, vector);
        MemorySegment lists = find(SegmentFormat.LISTS, vector);
        if (entries == null || terms == null || lists == null) {
            return null;
        }
        if (!Postings.isSound(terms, lists, entries)) {
            throw damaged("has lists of points that lie at odd places");
        }
        return new Postings(terms, lists, entries);
    }

    private Rows rows(int vector, VectorConfig config, int count) {
        RowForm form = config.form();
        MemorySegment all = section(SegmentFormat.VECTORS, vector, count * form.stride(config.size()));
        return all.byteSize() < FETCHED_BYTES_MIN
                ? new Rows(new MemorySegment[] {all}, Rows.SINGLE_CHUNK, form, config.size())
                : new Rows(all, form, config.size(), new Fetched(file, ref, all, all.address() - bytes.address()));
    }

    /** @param at where the rows begin in the blob */
    private record Fetched(MappedFile file, BlobRef ref, MemorySegment mapped, long at) implements Rows.Store {
        @Override
        public boolean fetch(long offset, MemorySegment into, long length) {
            return file.read(ref, at + offset, into, length);
        }

        @Override
        public void unload() {
            MappedFile.unload(mapped);
        }
    }

    /** Ascending from 0: what is read at them lies within the section that they point into. */
    private MemorySegment starts(int vector) {
        MemorySegment starts = section(SegmentFormat.STARTS, vector, 8L * (size + 1));
        long last = 0;
        for (int i = 0; i <= size; i++) {
            long start = starts.get(SegmentFormat.LONG, 8L * i);
            if (start < last || (i == 0 && start != 0) || start - last > Integer.MAX_VALUE || start > ENTRIES_MAX) {
                throw damaged("has vectors that begin at odd places");
            }
            last = start;
        }
        return starts;
    }

    private @Nullable CodeRows codes(int vector, int dimensions) {
        MemorySegment all = find(SegmentFormat.CODES, vector);
        if (all == null) {
            return null;
        }
        long stride = CodeRows.stride(dimensions, 0);
        if (all.byteSize() != size * stride) {
            stride = CodeRows.strideOfLines(dimensions, 0);
        }
        if (all.byteSize() != size * stride) {
            throw damaged("has codes of another length");
        }
        CodeRows found = new CodeRows(all, size, dimensions, stride);
        for (int ordinal = 0; ordinal < size; ordinal++) {
            if (found.ordinal(ordinal) != ordinal) {
                throw damaged("has codes of another order");
            }
        }
        return found;
    }

    private void checkFrame() {
        long length = bytes.byteSize();
        if (length < SegmentFormat.HEADER_BYTES + SegmentFormat.FOOTER_BYTES
                || bytes.get(SegmentFormat.INT, 0) != SegmentFormat.MAGIC
                || bytes.get(SegmentFormat.INT, length - 4) != SegmentFormat.MAGIC) {
            throw damaged("is no segment, or is cut short");
        }
        int version = bytes.get(SegmentFormat.SHORT, 4);
        if (version != SegmentFormat.VERSION && version != SegmentFormat.VERSION_DENSE) {
            throw damaged(
                    "has segment format version " + version + ", this engine reads up to " + SegmentFormat.VERSION);
        }
        if (bytes.get(SegmentFormat.LONG, length - 16) != length
                || bytes.get(SegmentFormat.INT, length - 8) != file.checksum(ref, length - 8)) {
            throw damaged("fails its checksum");
        }
    }

    private static int ones(MemorySegment bits) {
        int count = 0;
        for (long i = 0; i < bits.byteSize(); i++) {
            count += Integer.bitCount(bits.get(ValueLayout.JAVA_BYTE, i) & 0xFF);
        }
        return count;
    }

    private RuntimeException damaged(String what) {
        return Damage.in(file.path(), what);
    }

    private MemorySegment section(int kind, int vector, long length) {
        MemorySegment section = find(kind, vector);
        if (section == null || (length >= 0 && section.byteSize() != length)) {
            throw damaged("lacks section " + kind + "." + vector + " or has it in another length");
        }
        return section;
    }

    private @Nullable MemorySegment find(int kind, int vector) {
        long footer = bytes.byteSize() - SegmentFormat.FOOTER_BYTES;
        long table = bytes.get(SegmentFormat.LONG, footer);
        int count = bytes.get(SegmentFormat.INT, footer + 8);
        for (int i = 0; i < count; i++) {
            long entry = table + (long) SegmentFormat.TABLE_ENTRY_BYTES * i;
            if (bytes.get(SegmentFormat.INT, entry) == kind && bytes.get(SegmentFormat.INT, entry + 4) == vector) {
                return bytes.asSlice(
                        bytes.get(SegmentFormat.LONG, entry + 8), bytes.get(SegmentFormat.LONG, entry + 16));
            }
        }
        return null;
    }

    public Path path() {
        return file.path();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean ordered() {
        return true;
    }

    @Override
    public PointId id(int ordinal) {
        if (ordinal < numbers) {
            return new PointId.Num(numberIds.get(SegmentFormat.LONG, 8L * ordinal));
        }
        long at = 16L * (ordinal - numbers);
        return new PointId.Uuid(new UUID(uuids.get(SegmentFormat.LONG, at), uuids.get(SegmentFormat.LONG, at + 8)));
    }

    @Override
    public int find(PointId id) {
        return switch (id) {
            case PointId.Num(long value) -> findNumber(value);
            case PointId.Uuid(UUID value) -> findUuid(value.getMostSignificantBits(), value.getLeastSignificantBits());
        };
    }

    private int findNumber(long value) {
        int low = 0;
        int high = numbers - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(numberIds.get(SegmentFormat.LONG, 8L * middle), value);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private int findUuid(long high64, long low64) {
        int low = 0;
        int high = size - numbers - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(uuids.get(SegmentFormat.LONG, 16L * middle), high64);
            if (order == 0) {
                order = Long.compareUnsigned(uuids.get(SegmentFormat.LONG, 16L * middle + 8), low64);
            }
            if (order == 0) {
                return numbers + middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    @Override
    public long version(int ordinal) {
        return versions.get(SegmentFormat.LONG, 8L * ordinal);
    }

    @Override
    public int payloadLength(int ordinal) {
        return places.get(SegmentFormat.INT, (long) SegmentFormat.PLACE_BYTES * ordinal + 4);
    }

    @Override
    public long payloadBytes() {
        return PayloadTables.bytes(blockIndex);
    }

    @Override
    public PayloadCursor payloads() {
        return new BlockCursor();
    }

    @Override
    public Rows rows(int vector) {
        return required(columns[vector].rows());
    }

    @Override
    public int firstRow(int vector, int ordinal) {
        return (int) required(columns[vector].starts()).get(SegmentFormat.LONG, 8L * ordinal);
    }

    @Override
    public SparseRows sparse(int vector) {
        return required(columns[vector].sparse());
    }

    @Override
    public @Nullable Postings postings(int vector) {
        return vector < columns.length ? columns[vector].postings() : null;
    }

    private static <T> T required(@Nullable T part) {
        if (part == null) {
            throw new IllegalArgumentException("a vector of another kind");
        }
        return part;
    }

    @Override
    public @Nullable CodeRows codes(int vector) {
        return vector < columns.length ? columns[vector].codes() : null;
    }

    @Override
    public boolean has(int vector, int ordinal) {
        if (count(vector) == 0) {
            return false;
        }
        MemorySegment bits = columns[vector].presence();
        return bits == null || (bits.get(ValueLayout.JAVA_BYTE, ordinal >>> 3) >>> (ordinal & 7) & 1) != 0;
    }

    @Override
    public int count(int vector) {
        return vector < columns.length ? columns[vector].count() : 0;
    }

    @Override
    public boolean holds(int vector) {
        return find(SegmentFormat.VECTORS, vector) != null || find(SegmentFormat.STARTS, vector) != null;
    }

    @Override
    public RefCounted memory() {
        return file;
    }

    /** Keeps the block that it decompressed last: a scan in ordinal order opens each block once. */
    private final class BlockCursor implements PayloadCursor {
        private byte[] block = {};
        private byte[] packed = {};
        private int current = -1;
        private int start;

        @Override
        public int seek(int ordinal) {
            long place = (long) SegmentFormat.PLACE_BYTES * ordinal;
            int length = places.get(SegmentFormat.INT, place + 4);
            if (length == 0) {
                start = 0;
                return 0;
            }
            int wanted = blockOf(ordinal);
            if (wanted != current) {
                read(wanted);
                current = wanted;
            }
            start = places.get(SegmentFormat.INT, place);
            Objects.checkFromIndexSize(start, length, block.length);
            return length;
        }

        @Override
        public byte[] bytes() {
            return block;
        }

        @Override
        public int start() {
            return start;
        }

        /** The last block whose first ordinal is not beyond this one. */
        private int blockOf(int ordinal) {
            int low = 0;
            int high = (int) (blockIndex.byteSize() / SegmentFormat.BLOCK_ENTRY_BYTES) - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (blockIndex.get(SegmentFormat.INT, (long) SegmentFormat.BLOCK_ENTRY_BYTES * middle + 16)
                        <= ordinal) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }

        /** Into the arrays of the block before, where they are large enough. */
        private void read(int number) {
            long entry = (long) SegmentFormat.BLOCK_ENTRY_BYTES * number;
            int stored = blockIndex.get(SegmentFormat.INT, entry + 8);
            int raw = blockIndex.get(SegmentFormat.INT, entry + 12);
            int codec = blockIndex.get(SegmentFormat.INT, entry + 20);
            current = -1;
            block = sized(block, raw);
            packed = codec == PayloadCodec.NONE ? block : sized(packed, stored);
            MemorySegment.copy(
                    blocks, ValueLayout.JAVA_BYTE, blockIndex.get(SegmentFormat.LONG, entry), packed, 0, stored);
            try {
                PayloadCodec.decompress(codec, packed, stored, block, raw);
            } catch (RuntimeException e) {
                throw Damage.in(file.path(), "has a payload block that cannot be unpacked", e);
            }
        }

        private static byte[] sized(byte[] array, int length) {
            return array.length >= length ? array : new byte[length];
        }
    }
}
