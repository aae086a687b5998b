package dev.vectorhub.engine.core.segment;

import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.index.LuceneFieldIndex;
import dev.vectorhub.engine.core.storage.BlobRef;
import dev.vectorhub.engine.core.storage.BlobWriter;
import dev.vectorhub.engine.core.storage.Damage;
import dev.vectorhub.engine.core.storage.MappedFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.jspecify.annotations.Nullable;

/**
 * The index of a part's payload fields on disk: a Lucene index, its files one after another. All integers are little-endian, offsets
 * count from the start of the blob.
 *
 * <pre>
 * header   u32 magic "VHFX"   u16 format version 2   u16 zero   u32 points   u32 fields   u32 files   u32 bytes of header and tables
 * fields   for each: u32 bytes, the key in UTF-8, 32 bytes of SHA-256 over what of its specification the index depends on
 * files    for each: u32 bytes, the name in UTF-8, u64 offset, u64 bytes; each file begins at a multiple of 64
 * footer   u32 CRC32C of all before   u32 magic
 * </pre>
 *
 * The Lucene index is opened when it is first asked; what is in it stays mapped with the file.
 */
@SuppressWarnings(
        "ReferenceEquality") // of maps that are replaced when they change: comparing their entries is what it spares
public final class FieldsBlob {
    private static final int HEADER_BYTES = 24;
    private static final int FOOTER_BYTES = 8;
    private static final int DIGEST_BYTES = 32;
    private static final int ENTRIES_MAX = 1 << 16;

    private final MappedFile file;
    private final BlobRef ref;
    private final int points;
    private final Map<String, String> fields;
    private final Map<String, MemorySegment> files;
    private volatile Usable usable = new Usable(Map.of(), Map.of(), null);

    private FieldsBlob(
            MappedFile file, BlobRef ref, int points, Map<String, String> fields, Map<String, MemorySegment> files) {
        this.file = file;
        this.ref = ref;
        this.points = points;
        this.fields = fields;
        this.files = files;
    }

    // ---- writing

    /**
     * Writes an index as the next blob of the file.
     *
     * @param fields by key, in the order in which they were indexed
     */
    public static BlobRef write(BlobWriter out, Directory index, int points, Map<String, FieldSpec> fields)
            throws IOException {
        List<byte[]> keys = new ArrayList<>();
        fields.keySet().forEach(key -> keys.add(key.getBytes(StandardCharsets.UTF_8)));
        String[] names = index.listAll();
        long tables = HEADER_BYTES;
        for (byte[] key : keys) {
            tables += 4 + key.length + DIGEST_BYTES;
        }
        for (String name : names) {
            tables += 4 + name.length() + 16;
        }
        out.beginBlob();
        out.putInt(SegmentFormat.FIELDS_MAGIC);
        out.putShort(SegmentFormat.FIELDS_VERSION);
        out.putShort(0);
        out.putInt(points);
        out.putInt(keys.size());
        out.putInt(names.length);
        out.putInt((int) tables);
        int k = 0;
        for (FieldSpec spec : fields.values()) {
            byte[] key = keys.get(k++);
            out.putInt(key.length);
            out.put(key);
            out.put(digest(spec));
        }
        long offset = aligned(tables);
        for (String name : names) {
            byte[] utf8 = name.getBytes(StandardCharsets.US_ASCII);
            out.putInt(utf8.length);
            out.put(utf8);
            out.putLong(offset);
            out.putLong(index.fileLength(name));
            offset = aligned(offset + index.fileLength(name));
        }
        for (String name : names) {
            out.align();
            copy(out, index, name);
        }
        out.putInt(out.checksum());
        out.putInt(SegmentFormat.FIELDS_MAGIC);
        return out.endBlob();
    }

    private static long aligned(long position) {
        return (position + BlobWriter.ALIGNMENT - 1) / BlobWriter.ALIGNMENT * BlobWriter.ALIGNMENT;
    }

    private static void copy(BlobWriter out, Directory index, String name) throws IOException {
        byte[] piece = new byte[1 << 16];
        try (IndexInput in = index.openInput(name, IOContext.READONCE)) {
            for (long left = in.length(); left > 0; ) {
                int length = (int) Math.min(piece.length, left);
                in.readBytes(piece, 0, length);
                out.put(length == piece.length ? piece : Arrays.copyOf(piece, length));
                left -= length;
            }
        }
    }

    /** Of what an index has to be built anew for: lookups, ranges and prefixes are answered in any case. */
    private static byte[] digest(FieldSpec spec) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest((spec.type() + " " + spec.text()).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    // ---- reading

    /**
     * Takes over the caller's reference to the file, also if it fails.
     *
     * @param points of the part
     * @throws dev.vectorhub.engine.core.StoreException {@code UNAVAILABLE}, naming the file
     */
    public static FieldsBlob open(MappedFile file, BlobRef ref, int points) {
        try {
            return read(file, ref, file.blob(ref), points);
        } catch (RuntimeException e) {
            file.release();
            throw e instanceof IndexOutOfBoundsException
                    ? Damage.in(file.path(), "is damaged at offset " + ref.offset(), e)
                    : e;
        }
    }

    private static FieldsBlob read(MappedFile file, BlobRef ref, MemorySegment bytes, int points) {
        long body = bytes.byteSize() - FOOTER_BYTES;
        if (body < HEADER_BYTES || bytes.get(SegmentFormat.INT, 0) != SegmentFormat.FIELDS_MAGIC) {
            throw Damage.in(file.path(), "is no index of payload fields, or is cut short");
        }
        if (bytes.get(SegmentFormat.SHORT, 4) != SegmentFormat.FIELDS_VERSION) {
            throw Damage.in(file.path(), "has a format version that this engine does not read");
        }
        if (bytes.get(SegmentFormat.INT, body) != file.checksum(ref, body)
                || bytes.get(SegmentFormat.INT, body + 4) != SegmentFormat.FIELDS_MAGIC) {
            throw Damage.in(file.path(), "fails its checksum");
        }
        int keys = bytes.get(SegmentFormat.INT, 12);
        int names = bytes.get(SegmentFormat.INT, 16);
        if (bytes.get(SegmentFormat.INT, 8) != points
                || keys < 0
                || keys > ENTRIES_MAX
                || names < 0
                || names > ENTRIES_MAX) {
            throw Damage.in(file.path(), "has an index that does not fit its segment");
        }
        long at = HEADER_BYTES;
        Map<String, String> fields = new LinkedHashMap<>();
        for (int k = 0; k < keys; k++) {
            String key = name(bytes, at);
            at += 4 + bytes.get(SegmentFormat.INT, at);
            fields.put(
                    key,
                    HexFormat.of().formatHex(bytes.asSlice(at, DIGEST_BYTES).toArray(ValueLayout.JAVA_BYTE)));
            at += DIGEST_BYTES;
        }
        Map<String, MemorySegment> files = new HashMap<>();
        for (int n = 0; n < names; n++) {
            String name = name(bytes, at);
            at += 4 + bytes.get(SegmentFormat.INT, at);
            files.put(name, bytes.asSlice(bytes.get(SegmentFormat.LONG, at), bytes.get(SegmentFormat.LONG, at + 8)));
            at += 16;
        }
        return new FieldsBlob(file, ref, points, fields, files);
    }

    private static String name(MemorySegment bytes, long at) {
        return new String(
                bytes.asSlice(at + 4, bytes.get(SegmentFormat.INT, at)).toArray(ValueLayout.JAVA_BYTE),
                StandardCharsets.UTF_8);
    }

    public BlobRef ref() {
        return ref;
    }

    /** What has to be retained to read. */
    public MappedFile file() {
        return file;
    }

    /**
     * Whether every one of the fields is in it as it is specified now.
     *
     * @param wanted the same map as long as it does not change
     */
    public boolean covers(Map<String, FieldSpec> wanted) {
        return usable(wanted).specs().size() == wanted.size();
    }

    /**
     * The index, of those of the fields that it has as they are specified now.
     *
     * @param wanted the same map as long as it does not change
     */
    public LuceneFieldIndex index(Map<String, FieldSpec> wanted) {
        Usable current = usable(wanted);
        LuceneFieldIndex opened = current.index();
        return opened == null ? open(current) : opened;
    }

    /** @param index null until it is asked for */
    private record Usable(
            Map<String, FieldSpec> wanted,
            Map<String, FieldSpec> specs,
            @Nullable LuceneFieldIndex index) {}

    private Usable usable(Map<String, FieldSpec> wanted) {
        Usable known = usable;
        if (known.wanted() == wanted) {
            return known;
        }
        Map<String, FieldSpec> specs = new HashMap<>();
        wanted.forEach((key, spec) -> {
            if (HexFormat.of().formatHex(digest(spec)).equals(fields.get(key))) {
                specs.put(key, spec);
            }
        });
        LuceneFieldIndex opened = known.index();
        Usable now = new Usable(wanted, specs, opened == null ? null : opened.of(List.copyOf(fields.keySet()), specs));
        usable = now;
        return now;
    }

    private synchronized LuceneFieldIndex open(Usable wanted) {
        Usable known = usable;
        LuceneFieldIndex opened = known.wanted() == wanted.wanted() ? known.index() : null;
        if (opened == null) {
            try {
                opened =
                        LuceneFieldIndex.open(file.path(), files, points, List.copyOf(fields.keySet()), wanted.specs());
            } catch (IOException | RuntimeException e) {
                throw Damage.in(file.path(), "has an index of payload fields that cannot be read", e);
            }
            usable = new Usable(wanted.wanted(), wanted.specs(), opened);
        }
        return opened;
    }
}
