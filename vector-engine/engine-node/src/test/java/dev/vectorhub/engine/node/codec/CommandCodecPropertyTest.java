package dev.vectorhub.engine.node.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Datatype;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.Modifier;
import dev.vectorhub.engine.core.NamedVector;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.PointSelector;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorKind;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.DeletePoints;
import dev.vectorhub.engine.wire.v1.LogEntry;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.engine.wire.v1.Selector;
import dev.vectorhub.engine.wire.v1.UpsertPoints;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.ListArbitrary;

class CommandCodecPropertyTest {
    private static final UUID TENANT = new UUID(1, 2);
    private static final UUID COLLECTION = new UUID(3, 4);

    @Property(tries = 200)
    void pointsComeOutAsTheyWentIn(@ForAll("points") List<PointRecord> points) throws Exception {
        var upsert = UpsertPoints.newBuilder();
        for (PointRecord point : points) {
            upsert.addPoints(ModelCodec.point(point));
        }
        var decoded = throughTheLog(command().setUpsert(upsert).build());
        assertEquals(points, ((StoreCommand.Upsert) decoded).points());
    }

    @Property(tries = 200)
    void filtersComeOutAsTheyWentIn(@ForAll("filters") Filter filter) throws Exception {
        var selector = Selector.newBuilder().setFilter(FilterWire.of(filter));
        var decoded = throughTheLog(command()
                .setDeletePoints(DeletePoints.newBuilder().setSelector(selector))
                .build());
        assertEquals(new StoreCommand.DeletePoints(TENANT, COLLECTION, new PointSelector.Matching(filter)), decoded);
    }

    @Property(tries = 100)
    void collectionsComeOutAsTheyWentIn(@ForAll("collections") CollectionConfig config) {
        assertEquals(config, ModelCodec.collection(ModelCodec.collection(config)));
    }

    @Property(tries = 200)
    void componentsKeepEveryBit(@ForAll int[] bits) {
        float[] components = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            components[i] = Float.intBitsToFloat(bits[i]);
        }
        ByteString bytes = VectorCodec.floats(components);
        for (int i = 0; i < bits.length; i++) {
            assertEquals((byte) Float.floatToRawIntBits(components[i]), bytes.byteAt(4 * i), "little-endian");
        }
        float[] back = VectorCodec.floats(bytes);
        int[] backBits = new int[back.length];
        for (int i = 0; i < back.length; i++) {
            backBits[i] = Float.floatToRawIntBits(back[i]);
        }
        assertArrayEquals(bits, backBits);
    }

    /** Whatever stands in the log, the answer is a command or a refusal. */
    @Property(tries = 1000)
    void damagedCommandsAreRefused(
            @ForAll("points") List<PointRecord> points,
            @ForAll("filters") Filter filter,
            @ForAll boolean upsert,
            @ForAll byte[] noise,
            @ForAll int at) {
        var command = command();
        if (upsert) {
            points.forEach(point -> command.getUpsertBuilder().addPoints(ModelCodec.point(point)));
        } else {
            command.getDeletePointsBuilder().getSelectorBuilder().setFilter(FilterWire.of(filter));
        }
        byte[] bytes = command.build().toByteArray();
        for (int i = 0; i < noise.length; i++) {
            bytes[Math.floorMod(at + i * 7, bytes.length)] ^= noise[i];
        }
        Command damaged;
        try {
            damaged = Command.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            return;
        }
        StoreCommand decoded;
        try {
            decoded = CommandCodec.decode(damaged);
        } catch (EngineException e) {
            assertEquals(RejectionCode.INVALID_ARGUMENT, e.code());
            return;
        }
        assertEquals(decoded, CommandCodec.decode(damaged));
    }

    @Property(tries = 100)
    void halfASurrogatePairIsRefused(@ForAll("surrogates") String text) {
        assertThrows(EngineException.class, () -> ModelCodec.text(text, "a key"));
    }

    /** What the applying thread sees at the next start must be what it saw before. */
    private static StoreCommand throughTheLog(Command command) throws InvalidProtocolBufferException {
        StoreCommand direct = CommandCodec.decode(command);
        byte[] logged = LogEntry.newBuilder().addCommands(command).build().toByteArray();
        assertEquals(direct, CommandCodec.decode(LogEntry.parseFrom(logged).getCommands(0)));
        return direct;
    }

    private static Command.Builder command() {
        return Command.newBuilder().setTenant(ModelCodec.uuid(TENANT)).setCollection(ModelCodec.uuid(COLLECTION));
    }

    @Provide
    Arbitrary<String> surrogates() {
        return Combinators.combine(
                        Arbitraries.strings().alpha().ofMaxLength(5),
                        Arbitraries.chars().range('\ud800', '\udfff'),
                        Arbitraries.strings().alpha().ofMaxLength(5))
                .as((before, half, after) -> before + half + after);
    }

    @Provide
    Arbitrary<List<PointRecord>> points() {
        Arbitrary<float[]> components =
                Arbitraries.floats().array(float[].class).ofMaxSize(20);
        Arbitrary<VectorValue> multi = Combinators.combine(
                        components.filter(row -> row.length > 0),
                        Arbitraries.integers().between(1, 4))
                .as((row, rows) -> {
                    float[] all = new float[rows * row.length];
                    for (int i = 0; i < all.length; i++) {
                        all[i] = row[i % row.length];
                    }
                    return new VectorValue.Multi(all, rows);
                });
        Arbitrary<VectorValue> sparse = components.flatMap(values -> Arbitraries.integers()
                .array(int[].class)
                .ofSize(values.length)
                .map(indices -> new VectorValue.Sparse(indices, values)));
        Arbitrary<VectorValue> value = Arbitraries.oneOf(components.map(VectorValue.Dense::new), multi, sparse);
        Arbitrary<NamedVector> vector = Combinators.combine(names(), value).as((name, v) -> new NamedVector(name, v));
        Arbitrary<byte[]> payload =
                Arbitraries.strings().ofMaxLength(20).map(text -> text.getBytes(StandardCharsets.UTF_8));
        return Combinators.combine(ids(), vector.list().ofMaxSize(3), payload)
                .as(PointRecord::new)
                .list()
                .ofMaxSize(10);
    }

    @Provide
    Arbitrary<CollectionConfig> collections() {
        Arbitrary<HnswConfig> hnsw = Combinators.combine(
                        Arbitraries.integers().between(0, 256),
                        Arbitraries.integers().between(0, 4096),
                        Arbitraries.integers().greaterOrEqual(0))
                .as(HnswConfig::new);
        Arbitrary<VectorConfig> vector = Combinators.combine(
                        names(),
                        Arbitraries.of(VectorKind.values()),
                        Arbitraries.integers().between(1, 65_536),
                        Arbitraries.of(Distance.values()),
                        Arbitraries.of(Datatype.values()),
                        Arbitraries.of(Modifier.values()),
                        hnsw)
                .as(VectorConfig::new);
        return Combinators.combine(vector.list().ofMaxSize(4), hnsw, Arbitraries.of(IsolationMode.values()))
                .as(CollectionConfig::new);
    }

    @Provide
    Arbitrary<Filter> filters() {
        return filters(3);
    }

    private Arbitrary<Filter> filters(int depth) {
        ListArbitrary<Condition> conditions = conditions(depth).list().ofMaxSize(3);
        Arbitrary<Filter.MinShould> minShould = Combinators.combine(
                        conditions, Arbitraries.integers().between(0, 5))
                .as(Filter.MinShould::new);
        return Combinators.combine(conditions, conditions, conditions, minShould.injectNull(0.5))
                .as((must, should, mustNot, min) -> new Filter(must, should, mustNot, min));
    }

    private Arbitrary<Condition> conditions(int depth) {
        Arbitrary<Double> bound = Arbitraries.doubles().injectNull(0.5);
        Arbitrary<Long> micros = Arbitraries.longs().injectNull(0.5);
        Arbitrary<Long> counts = Arbitraries.longs().greaterOrEqual(0).injectNull(0.5);
        List<Arbitrary<? extends Condition>> kinds = new ArrayList<>(List.of(
                Combinators.combine(keys(), values()).as(Condition.Match::new),
                Combinators.combine(keys(), bound, bound, bound, bound).as(Condition.Range::new),
                ids().list().ofMaxSize(3).map(Condition.HasId::new),
                keys().map(Condition.IsEmpty::new),
                keys().map(Condition.IsNull::new),
                names().map(Condition.HasVector::new),
                Combinators.combine(keys(), micros, micros, micros, micros).as(Condition.DatetimeRange::new),
                Combinators.combine(keys(), counts, counts, counts, counts).as(Condition.ValuesCount::new),
                Combinators.combine(keys(), places(), places()).as(Condition.GeoBox::new),
                Combinators.combine(keys(), places(), Arbitraries.doubles()).as(Condition.GeoRadius::new),
                Combinators.combine(keys(), rings(), rings().list().ofMaxSize(2))
                        .as(Condition.GeoPolygon::new),
                Arbitraries.longs()
                        .between(1, 0xFFFF_FFFFL)
                        .flatMap(total -> Arbitraries.longs()
                                .between(0, total - 1)
                                .map(index -> new Condition.Slice(total, index)))));
        if (depth > 1) {
            kinds.add(Arbitraries.lazy(() -> filters(depth - 1)).map(Condition.Group::new));
            kinds.add(Combinators.combine(keys(), Arbitraries.lazy(() -> filters(depth - 1)))
                    .as(Condition.Nested::new));
        }
        return Arbitraries.integers()
                .between(0, kinds.size() - 1)
                .flatMap(kind -> kinds.get(kind).map(c -> c));
    }

    private Arbitrary<Condition.MatchValue> values() {
        Arbitrary<List<String>> keywords = names().list().ofMaxSize(3);
        Arbitrary<List<Long>> integers = Arbitraries.longs().list().ofMaxSize(3);
        return Arbitraries.oneOf(
                names().map(Condition.MatchValue.Keyword::new),
                Arbitraries.longs().map(Condition.MatchValue.Int::new),
                Arbitraries.of(true, false).map(Condition.MatchValue.Bool::new),
                keywords.map(k -> new Condition.MatchValue.Any(k, List.of())),
                integers.map(i -> new Condition.MatchValue.Any(List.of(), i)),
                keywords.map(k -> new Condition.MatchValue.Except(k, List.of())),
                integers.map(i -> new Condition.MatchValue.Except(List.of(), i)),
                names().map(Condition.MatchValue.Text::new),
                names().map(Condition.MatchValue.TextAny::new),
                names().map(Condition.MatchValue.Phrase::new),
                names().map(Condition.MatchValue.Prefix::new));
    }

    private static Arbitrary<Condition.GeoPoint> places() {
        return Combinators.combine(
                        Arbitraries.doubles().between(-90, 90),
                        Arbitraries.doubles().between(-180, 180))
                .as(Condition.GeoPoint::new);
    }

    private static Arbitrary<List<Condition.GeoPoint>> rings() {
        return places().list().ofMinSize(3).ofMaxSize(5).map(places -> {
            List<Condition.GeoPoint> closed = new ArrayList<>(places);
            closed.add(places.getFirst());
            return closed;
        });
    }

    /** Paths, some of whose names need quotes. */
    private static Arbitrary<String> keys() {
        return Arbitraries.oneOf(
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8).map(name -> name + "[].n"),
                names().map(name -> '"' + name.replace("\"", "") + '"'));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('\u0000', '\ud7ff')
                .withCharRange('\ue000', '\uffff')
                .ofMaxLength(12);
    }

    private static Arbitrary<PointId> ids() {
        return Arbitraries.oneOf(
                Arbitraries.longs().map(PointId::of),
                Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                        .as((high, low) -> PointId.of(new UUID(high, low))));
    }
}
