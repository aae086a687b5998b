package dev.vectorhub.engine.node.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.core.Ceilings;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.FieldType;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.Condition;
import dev.vectorhub.engine.wire.v1.Filter;
import dev.vectorhub.engine.wire.v1.GeoPoint;
import dev.vectorhub.engine.wire.v1.GeoPolygon;
import dev.vectorhub.engine.wire.v1.GeoRing;
import dev.vectorhub.engine.wire.v1.LogEntry;
import dev.vectorhub.engine.wire.v1.MatchCondition;
import dev.vectorhub.engine.wire.v1.NestedCondition;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.PointId;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.Selector;
import dev.vectorhub.engine.wire.v1.UpsertPoints;
import dev.vectorhub.engine.wire.v1.Values;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CodecTest {
    private static final ByteString ID = ModelCodec.uuid(new UUID(1, 2));

    @Test
    void uuidsAreBigEndian() {
        assertEquals("0000000000000001", hex(ID).substring(0, 16));
        assertEquals(new UUID(1, 2), ModelCodec.uuid(ID, "an id"));
    }

    @Test
    void whatDoesNotFitIsNamed() {
        refused("tenant", () -> CommandCodec.decode(Command.getDefaultInstance()));
        refused(
                "operation",
                () -> CommandCodec.decode(Command.newBuilder().setTenant(ID).build()));
        refused(
                "collection",
                () -> CommandCodec.decode(Command.newBuilder()
                        .setTenant(ID)
                        .setUpsert(UpsertPoints.getDefaultInstance())
                        .build()));
        refused("point id", () -> ModelCodec.id(PointId.getDefaultInstance()));
        refused(
                "16 bytes",
                () -> ModelCodec.id(PointId.newBuilder()
                        .setUuid(ByteString.copyFromUtf8("x"))
                        .build()));
        refused("4 bytes", () -> VectorCodec.floats(ByteString.copyFrom(new byte[5])));
        refused("selector", () -> FilterCodec.selector(Selector.getDefaultInstance()));
        refused(
                "empty",
                () -> FilterCodec.filter(Filter.newBuilder()
                        .addMust(Condition.getDefaultInstance())
                        .build()));
        refused(
                "limit",
                () -> ReadCodec.search(SearchQuery.newBuilder().setF32(vector()).build()));
        refused("limit", () -> ReadCodec.search(query().setLimit(-1).build()));
        refused(
                "neither",
                () -> ReadCodec.search(SearchQuery.newBuilder().setLimit(1).build()));
    }

    @Test
    void keywordsAndIntegersDoNotMix() {
        var both = Values.newBuilder().addKeywords("a").addIntegers(1);
        var match = MatchCondition.newBuilder().setKey("k").setAny(both);
        refused(
                "not both",
                () -> FilterCodec.filter(Filter.newBuilder()
                        .addMust(Condition.newBuilder().setMatch(match))
                        .build()));
    }

    @Test
    void theDeepestFilterThatIsTakenCanBeReadBackFromTheLog() throws Exception {
        Command deepest = delete(nested(FilterCodec.DEPTH_MAX));
        var decoded = CommandCodec.decode(deepest);
        byte[] logged = LogEntry.newBuilder().addCommands(deepest).build().toByteArray();
        assertEquals(decoded, CommandCodec.decode(LogEntry.parseFrom(logged).getCommands(0)));
        refused("within each other", () -> CommandCodec.decode(delete(nested(FilterCodec.DEPTH_MAX + 1))));
    }

    @Test
    void conditionsAreBounded() {
        var filter = Filter.newBuilder();
        for (int i = 0; i <= FilterCodec.CONDITIONS_MAX; i++) {
            filter.addShould(Condition.newBuilder().setIsNull("k"));
        }
        refused("conditions", () -> FilterCodec.filter(filter.build()));
    }

    @Test
    void pointsAreBounded() {
        var points = UpsertPoints.newBuilder();
        for (int i = 0; i <= ModelCodec.POINTS_MAX; i++) {
            points.addPoints(Point.getDefaultInstance());
        }
        refused("points", () -> ModelCodec.points(points.getPointsList()));
    }

    @Test
    void aCeilingBeyondALongBindsNothing() {
        var command = Command.newBuilder().setTenant(ID).setCollection(ID).setUpsert(UpsertPoints.getDefaultInstance());
        command.getCeilingsBuilder().setPointsPerCollection(-1).setTenantBytes(7);
        var upsert = (StoreCommand.Upsert) CommandCodec.decode(command.build());
        assertEquals(new Ceilings(Long.MAX_VALUE, 7), upsert.ceilings());
    }

    @Test
    void everyEnumHasTheSameNamesOnBothSides() {
        assertEquals(names(FieldType.values()), names(dev.vectorhub.engine.wire.v1.FieldType.values()));
        assertEquals(names(Distance.values()), names(dev.vectorhub.engine.wire.v1.Distance.values()));
        assertEquals(names(IsolationMode.values()), names(dev.vectorhub.engine.wire.v1.IsolationMode.values()));
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(Enum::name)
                .filter(name -> !name.equals("UNRECOGNIZED"))
                .toList();
    }

    @Test
    void anAbsentFilterIsNoFilter() {
        SearchSpec spec = ReadCodec.search(query().setLimit(3).build());
        assertEquals(null, spec.filter());
        assertEquals(null, spec.scoreThreshold());
        assertEquals(3, spec.limit());
        assertEquals(
                0f,
                ReadCodec.search(query().setLimit(3).setScoreThreshold(0f).build())
                        .scoreThreshold());
    }

    private static SearchQuery.Builder query() {
        return SearchQuery.newBuilder().setF32(vector());
    }

    private static ByteString vector() {
        return VectorCodec.floats(new float[] {1, 2});
    }

    private static final GeoPoint PLACE =
            GeoPoint.newBuilder().setLat(1).setLon(2).build();

    private static Filter nested(int depth) {
        var filter = Filter.newBuilder();
        if (depth > 1) {
            filter.addMust(Condition.newBuilder()
                    .setNested(NestedCondition.newBuilder().setKey("k").setFilter(nested(depth - 1))));
        } else {
            // the deepest condition of all
            filter.addMust(Condition.newBuilder()
                    .setGeoPolygon(GeoPolygon.newBuilder()
                            .setKey("place")
                            .setExterior(GeoRing.newBuilder()
                                    .addPoints(PLACE)
                                    .addPoints(PLACE)
                                    .addPoints(PLACE)
                                    .addPoints(PLACE))));
        }
        return filter.build();
    }

    private static Command delete(Filter filter) {
        var command = Command.newBuilder().setTenant(ID).setCollection(ID);
        command.getDeletePointsBuilder().getSelectorBuilder().setFilter(filter);
        return command.build();
    }

    private static void refused(String named, Executable decode) {
        var refused = assertThrows(EngineException.class, decode);
        assertEquals(RejectionCode.INVALID_ARGUMENT, refused.code());
        assertTrue(String.valueOf(refused.getMessage()).contains(named), refused::toString);
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
