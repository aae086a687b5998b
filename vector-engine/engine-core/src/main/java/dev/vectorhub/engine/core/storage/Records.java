package dev.vectorhub.engine.core.storage;

import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.Datatype;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.QuantizationConfig;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.StoreException.Code;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorKind;
import dev.vectorhub.engine.core.storage.CollectionRecord.GraphRecord;
import dev.vectorhub.engine.core.storage.CollectionRecord.PartRecord;
import dev.vectorhub.engine.core.storage.StoreRecord.DroppedTenant;
import dev.vectorhub.text.TextSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.roaringbitmap.RoaringBitmap;

/**
 * The bodies of manifests. Each is the record's components in their order: integers as {@link DataOutputStream} writes them,
 * enums as a byte, texts as {@code writeUTF}, lists with a u32 count before them, bitmaps in RoaringBitmap's portable form.
 */
public final class Records {
    /** No list of a sound manifest is longer. */
    private static final int COUNT_MAX = 1 << 24;

    /** In the byte of a vector's distance: kind, datatype and modifier follow. Without it the vector is dense, of binary32. */
    private static final int NOT_PLAIN = 0x80;

    @FunctionalInterface
    interface Writer<T> {
        void write(DataOutputStream out, T value) throws IOException;
    }

    private Records() {}

    private static <T> void list(DataOutputStream out, Iterable<T> values, int count, Writer<T> writer)
            throws IOException {
        out.writeInt(count);
        for (T value : values) {
            writer.write(out, value);
        }
    }

    private static <T> List<T> list(DataInputStream in, ManifestFile.Decoder<T> decoder) throws IOException {
        int count = count(in);
        List<T> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(decoder.read(in));
        }
        return values;
    }

    private static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > COUNT_MAX) {
            throw new IOException("a list of " + count);
        }
        return count;
    }

    private static void uuid(DataOutputStream out, UUID value) throws IOException {
        out.writeLong(value.getMostSignificantBits());
        out.writeLong(value.getLeastSignificantBits());
    }

    private static UUID uuid(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    // ---- store

    public static void store(DataOutputStream out, StoreRecord record) throws IOException {
        out.writeLong(record.checkpoint());
        out.writeLong(record.index());
        out.writeLong(record.nextSlab());
        list(out, record.catalog(), record.catalog().size(), DataOutputStream::writeLong);
        list(out, record.dropped(), record.dropped().size(), (o, dropped) -> {
            uuid(o, dropped.tenant());
            o.writeLong(dropped.generation());
            uuid(o, dropped.commandId());
        });
    }

    public static StoreRecord store(DataInputStream in) throws IOException {
        return new StoreRecord(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                list(in, DataInputStream::readLong),
                list(in, i -> new DroppedTenant(uuid(i), i.readLong(), uuid(i))));
    }

    // ---- tenants and the catalog

    public static byte[] tenant(TenantRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            uuid(out, record.tenant());
            out.writeLong(record.generation());
            uuid(out, record.commandId());
            out.writeByte(Codes.of(record.mode()));
            list(out, record.collections(), record.collections().size(), Records::entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #tenant(TenantRecord)} has written.
     *
     * @throws StoreException {@code UNAVAILABLE} for other bytes
     */
    public static TenantRecord tenant(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return new TenantRecord(uuid(in), in.readLong(), uuid(in), mode(in), list(in, Records::entry));
        } catch (IOException | RuntimeException e) {
            throw new StoreException(Code.UNAVAILABLE, "a tenant's record cannot be read: " + e, e);
        }
    }

    private static void entry(DataOutputStream out, CollectionEntry entry) throws IOException {
        CollectionEntry listed = entry.listed();
        out.writeByte(Codes.of(listed.isolation()));
        out.writeLong(listed.manifest());
        out.writeBoolean(listed.unfinished());
        out.writeLong(listed.diskBytes());
        collection(out, listed.record());
    }

    private static CollectionEntry entry(DataInputStream in) throws IOException {
        return new CollectionEntry(mode(in), in.readLong(), in.readBoolean(), in.readLong(), collection(in));
    }

    private static IsolationMode mode(DataInputStream in) throws IOException {
        return Codes.isolation(in.readUnsignedByte());
    }

    public static void catalog(DataOutputStream out, CatalogRecord record) throws IOException {
        out.writeLong(record.totals().tenants());
        out.writeLong(record.totals().collections());
        out.writeLong(record.totals().points());
        out.writeLong(record.totals().diskBytes());
        list(out, record.slabBytes().entrySet(), record.slabBytes().size(), (o, slab) -> {
            o.writeLong(slab.getKey());
            o.writeLong(slab.getValue());
        });
        list(out, record.unfinished(), record.unfinished().size(), Records::uuid);
        list(out, record.tenants().entrySet(), record.tenants().size(), (o, tenant) -> {
            uuid(o, tenant.getKey());
            o.writeInt(tenant.getValue().length);
            o.write(tenant.getValue());
        });
    }

    public static CatalogRecord catalog(DataInputStream in) throws IOException {
        CatalogTotals totals = new CatalogTotals(in.readLong(), in.readLong(), in.readLong(), in.readLong());
        Map<Long, Long> slabs = new HashMap<>();
        list(in, i -> slabs.put(i.readLong(), i.readLong()));
        Set<UUID> unfinished = Set.copyOf(list(in, Records::uuid));
        int count = count(in);
        Map<UUID, byte[]> tenants = new HashMap<>();
        for (int t = 0; t < count; t++) {
            UUID tenant = uuid(in);
            int length = in.readInt();
            if (length < 0 || length > in.available()) {
                throw new IOException("a tenant of " + length + " bytes");
            }
            tenants.put(tenant, in.readNBytes(length));
        }
        return new CatalogRecord(totals, slabs, unfinished, tenants);
    }

    // ---- collections

    public static void collection(DataOutputStream out, CollectionRecord record) throws IOException {
        uuid(out, record.tenant());
        uuid(out, record.collection());
        config(out, record.config());
        list(out, record.fields().entrySet(), record.fields().size(), (o, field) -> {
            o.writeUTF(field.getKey());
            field(o, field.getValue());
        });
        out.writeLong(record.points());
        out.writeLong(record.logicalBytes());
        out.writeLong(record.nextFile());
        out.writeLong(record.nextPart());
        list(out, record.parts(), record.parts().size(), Records::part);
    }

    public static CollectionRecord collection(DataInputStream in) throws IOException {
        return new CollectionRecord(
                uuid(in),
                uuid(in),
                config(in),
                fields(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                list(in, Records::part));
    }

    private static Map<String, FieldSpec> fields(DataInputStream in) throws IOException {
        Map<String, FieldSpec> fields = new TreeMap<>();
        list(in, i -> fields.put(i.readUTF(), field(i)));
        return fields;
    }

    private static void field(DataOutputStream out, FieldSpec spec) throws IOException {
        out.writeByte(Codes.of(spec.type()));
        out.writeBoolean(spec.lookup());
        out.writeBoolean(spec.range());
        out.writeBoolean(spec.prefix());
        TextSpec text = spec.text();
        out.writeBoolean(text != null);
        if (text != null) {
            text(out, text);
        }
        byte[] declared = spec.declared().getBytes(StandardCharsets.UTF_8);
        out.writeInt(declared.length);
        out.write(declared);
    }

    private static FieldSpec field(DataInputStream in) throws IOException {
        return new FieldSpec(
                Codes.fieldType(in.readUnsignedByte()),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean() ? text(in) : null,
                new String(bytes(in), StandardCharsets.UTF_8));
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > COUNT_MAX) {
            throw new IOException("a text of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static void text(DataOutputStream out, TextSpec text) throws IOException {
        out.writeByte(Codes.of(text.tokenizer()));
        out.writeInt(text.minLength());
        out.writeInt(text.maxLength());
        out.writeBoolean(text.lowercase());
        out.writeBoolean(text.asciiFolding());
        out.writeBoolean(text.positions());
        list(out, text.stopLanguages(), text.stopLanguages().size(), DataOutputStream::writeUTF);
        list(out, text.stopWords(), text.stopWords().size(), DataOutputStream::writeUTF);
        out.writeUTF(text.stemmer());
    }

    private static TextSpec text(DataInputStream in) throws IOException {
        return new TextSpec(
                Codes.tokenizer(in.readUnsignedByte()),
                in.readInt(),
                in.readInt(),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean(),
                list(in, i -> i.readUTF()),
                list(in, i -> i.readUTF()),
                in.readUTF());
    }

    private static void config(DataOutputStream out, CollectionConfig config) throws IOException {
        list(out, config.vectors(), config.vectors().size(), (o, vector) -> {
            o.writeUTF(vector.name());
            o.writeInt(vector.size());
            boolean plain = vector.kind() == VectorKind.DENSE && vector.datatype() == Datatype.FLOAT32;
            o.writeByte(Codes.of(vector.distance()) | (plain ? 0 : NOT_PLAIN));
            if (!plain) {
                o.writeByte(Codes.of(vector.kind()));
                o.writeByte(Codes.of(vector.datatype()));
                o.writeByte(Codes.of(vector.modifier()));
            }
            hnsw(o, vector.hnsw());
        });
        hnsw(out, config.hnsw());
        out.writeByte(Codes.of(config.isolation()));
    }

    private static CollectionConfig config(DataInputStream in) throws IOException {
        return new CollectionConfig(list(in, Records::vector), hnsw(in), mode(in));
    }

    private static VectorConfig vector(DataInputStream in) throws IOException {
        String name = in.readUTF();
        int size = in.readInt();
        int distance = in.readUnsignedByte();
        if ((distance & NOT_PLAIN) == 0) {
            return new VectorConfig(name, size, Codes.distance(distance), hnsw(in));
        }
        return new VectorConfig(
                name,
                Codes.vectorKind(in.readUnsignedByte()),
                size,
                Codes.distance(distance & ~NOT_PLAIN),
                Codes.datatype(in.readUnsignedByte()),
                Codes.modifier(in.readUnsignedByte()),
                hnsw(in));
    }

    private static void hnsw(DataOutputStream out, HnswConfig hnsw) throws IOException {
        out.writeInt(hnsw.m());
        out.writeInt(hnsw.efConstruct());
        out.writeInt(hnsw.fullScanThreshold());
        out.writeByte(Codes.of(hnsw.quantization().kind()));
        out.writeByte(hnsw.quantization().compression());
    }

    private static HnswConfig hnsw(DataInputStream in) throws IOException {
        return new HnswConfig(
                in.readInt(),
                in.readInt(),
                in.readInt(),
                new QuantizationConfig(Codes.quantization(in.readUnsignedByte()), in.readUnsignedByte()));
    }

    private static void part(DataOutputStream out, PartRecord part) throws IOException {
        out.writeLong(part.number());
        blob(out, part.segment());
        out.writeInt(part.size());
        part.dead().serialize(out);
        list(out, part.graphs(), part.graphs().size(), (o, graph) -> {
            o.writeInt(graph.vector());
            blob(o, graph.blob());
        });
        BlobRef fields = part.fields();
        out.writeBoolean(fields != null);
        if (fields != null) {
            blob(out, fields);
        }
    }

    private static PartRecord part(DataInputStream in) throws IOException {
        long number = in.readLong();
        BlobRef segment = blob(in);
        int size = in.readInt();
        RoaringBitmap dead = new RoaringBitmap();
        dead.deserialize(in);
        return new PartRecord(
                number,
                segment,
                size,
                dead,
                list(in, i -> new GraphRecord(i.readInt(), blob(i))),
                in.readBoolean() ? blob(in) : null);
    }

    private static void blob(DataOutputStream out, BlobRef ref) throws IOException {
        out.writeLong(ref.file());
        out.writeLong(ref.offset());
        out.writeLong(ref.length());
    }

    private static BlobRef blob(DataInputStream in) throws IOException {
        return new BlobRef(in.readLong(), in.readLong(), in.readLong());
    }
}
