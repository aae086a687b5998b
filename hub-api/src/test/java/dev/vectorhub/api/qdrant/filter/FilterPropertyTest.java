package dev.vectorhub.api.qdrant.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.Condition;
import dev.vectorhub.engine.wire.v1.DatetimeRange;
import dev.vectorhub.engine.wire.v1.Filter;
import dev.vectorhub.engine.wire.v1.GeoPoint;
import dev.vectorhub.engine.wire.v1.GeoRadius;
import dev.vectorhub.engine.wire.v1.HasId;
import dev.vectorhub.engine.wire.v1.MatchCondition;
import dev.vectorhub.engine.wire.v1.MinShould;
import dev.vectorhub.engine.wire.v1.NestedCondition;
import dev.vectorhub.engine.wire.v1.PointId;
import dev.vectorhub.engine.wire.v1.RangeCondition;
import dev.vectorhub.engine.wire.v1.Slice;
import dev.vectorhub.engine.wire.v1.Values;
import dev.vectorhub.engine.wire.v1.ValuesCount;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A random filter, made at once as JSON and as the engine's message: the reader makes the one from the other. */
class FilterPropertyTest {

    private static final ObjectMapper TREES = new ObjectMapper();
    private static final String[] WORDS = {"a", "b.c", "d[]", "ü", "\"q\"", "x y"};

    @Property(tries = 1_000)
    void jsonAndMessageAgree(@ForAll Random random) {
        ObjectNode json = TREES.createObjectNode();
        Filter.Builder proto = Filter.newBuilder();
        fill(random, 0, json, proto);
        assertEquals(
                proto.build(),
                JsonBody.read(json.toString().getBytes(StandardCharsets.UTF_8), FilterReader::read),
                json::toString);
    }

    private static void fill(Random random, int depth, ObjectNode json, Filter.Builder proto) {
        if (random.nextBoolean()) {
            ArrayNode list = json.putArray("must");
            for (int i = random.nextInt(3); i > 0; i--) {
                proto.addMust(condition(random, depth, list.addObject()));
            }
        }
        if (random.nextBoolean()) {
            // A single condition needs no list.
            proto.addShould(condition(random, depth, json.putObject("should")));
        }
        if (random.nextBoolean()) {
            ArrayNode list = json.putArray("must_not");
            for (int i = random.nextInt(3); i > 0; i--) {
                proto.addMustNot(condition(random, depth, list.addObject()));
            }
        }
        if (random.nextInt(4) == 0) {
            ObjectNode min = json.putObject("min_should");
            MinShould.Builder minProto = MinShould.newBuilder().setMinCount(random.nextInt(3));
            min.put("min_count", minProto.getMinCount());
            ArrayNode list = min.putArray("conditions");
            for (int i = random.nextInt(3); i > 0; i--) {
                minProto.addConditions(condition(random, depth, list.addObject()));
            }
            proto.setMinShould(minProto);
        }
    }

    private static Condition condition(Random random, int depth, ObjectNode json) {
        String key = WORDS[random.nextInt(WORDS.length)];
        Condition.Builder proto = Condition.newBuilder();
        switch (random.nextInt(depth < 4 ? 13 : 11)) {
            case 0, 1 -> {
                json.put("key", key);
                proto.setMatch(match(random, json.putObject("match")).setKey(key));
            }
            case 2 -> {
                RangeCondition.Builder range = RangeCondition.newBuilder().setKey(key);
                ObjectNode bounds = json.putObject("range");
                if (random.nextBoolean()) {
                    range.setGt(random.nextGaussian());
                    bounds.put("gt", range.getGt());
                }
                if (random.nextBoolean()) {
                    range.setLte(random.nextInt());
                    bounds.put("lte", (int) range.getLte());
                }
                if (random.nextBoolean()) {
                    bounds.putNull("lt");
                }
                proto.setRange(range);
                json.put("key", key);
            }
            case 3 -> {
                json.putObject("is_empty").put("key", key);
                proto.setIsEmpty(key);
            }
            case 4 -> {
                json.putObject("is_null").put("key", key);
                proto.setIsNull(key);
            }
            case 5 -> {
                HasId.Builder ids = HasId.newBuilder();
                ArrayNode list = json.putArray("has_id");
                for (int i = random.nextInt(4); i > 0; i--) {
                    int id = random.nextInt(1 << 30);
                    list.add(id);
                    ids.addIds(PointId.newBuilder().setNum(id));
                }
                proto.setHasId(ids);
            }
            case 6 -> {
                ValuesCount.Builder count = ValuesCount.newBuilder().setKey(key);
                ObjectNode bounds = json.put("key", key).putObject("values_count");
                if (random.nextBoolean()) {
                    count.setGte(random.nextInt(9));
                    bounds.put("gte", count.getGte());
                }
                proto.setValuesCount(count);
            }
            case 7 -> {
                Instant instant = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000L);
                json.put("key", key).putObject("range").put("lt", instant.toString());
                proto.setDatetimeRange(DatetimeRange.newBuilder()
                        .setKey(key)
                        .setLt(ChronoUnit.MICROS.between(Instant.EPOCH, instant)));
            }
            case 8 -> {
                ObjectNode circle = json.put("key", key).putObject("geo_radius");
                GeoPoint.Builder center =
                        GeoPoint.newBuilder().setLat(random.nextDouble(-90, 90)).setLon(random.nextDouble(-180, 180));
                circle.putObject("center").put("lon", center.getLon()).put("lat", center.getLat());
                circle.put("radius", random.nextInt(1_000));
                proto.setGeoRadius(GeoRadius.newBuilder()
                        .setKey(key)
                        .setCenter(center)
                        .setMeters(circle.get("radius").intValue()));
            }
            case 9 -> {
                json.put("has_vector", key);
                proto.setHasVector(key);
            }
            case 10 -> {
                int total = 1 + random.nextInt(100);
                int index = random.nextInt(total);
                json.putObject("slice").put("index", index).put("total", total);
                proto.setSlice(Slice.newBuilder().setTotal(total).setIndex(index));
            }
            case 11 -> {
                ObjectNode nested = json.putObject("nested").put("key", key);
                Filter.Builder filter = Filter.newBuilder();
                fill(random, depth + 1, nested.putObject("filter"), filter);
                proto.setNested(NestedCondition.newBuilder().setKey(key).setFilter(filter));
            }
            default -> {
                // A filter without a clause would be no condition: it has nothing that says what it is.
                json.putArray("must");
                Filter.Builder nested = Filter.newBuilder();
                fill(random, depth + 1, json, nested);
                proto.setFilter(nested);
            }
        }
        return proto.build();
    }

    private static MatchCondition.Builder match(Random random, ObjectNode json) {
        MatchCondition.Builder match = MatchCondition.newBuilder();
        switch (random.nextInt(9)) {
            case 5 -> {
                match.setText(WORDS[random.nextInt(WORDS.length)]);
                json.put("text", match.getText());
            }
            case 6 -> {
                match.setTextAny(WORDS[random.nextInt(WORDS.length)]);
                json.put("text_any", match.getTextAny());
            }
            case 7 -> {
                match.setPhrase(WORDS[random.nextInt(WORDS.length)]);
                json.put("phrase", match.getPhrase());
            }
            case 8 -> {
                match.setPrefix(WORDS[random.nextInt(WORDS.length)]);
                json.put("prefix", match.getPrefix());
            }
            case 0 -> {
                match.setKeyword(WORDS[random.nextInt(WORDS.length)]);
                json.put("value", match.getKeyword());
            }
            case 1 -> {
                match.setInteger(random.nextLong());
                json.put("value", match.getInteger());
            }
            case 2 -> {
                match.setBoolean(random.nextBoolean());
                json.put("value", match.getBoolean());
            }
            case 3 -> match.setAny(values(random, json.putArray("any")));
            default -> match.setExcept(values(random, json.putArray("except")));
        }
        return match;
    }

    private static Values values(Random random, ArrayNode json) {
        Values.Builder values = Values.newBuilder();
        boolean words = random.nextBoolean();
        for (int i = random.nextInt(4); i > 0; i--) {
            if (words) {
                String word = WORDS[random.nextInt(WORDS.length)];
                values.addKeywords(word);
                json.add(word);
            } else {
                long number = random.nextLong();
                values.addIntegers(number);
                json.add(number);
            }
        }
        return values.build();
    }
}
