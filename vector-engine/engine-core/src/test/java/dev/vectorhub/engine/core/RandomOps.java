package dev.vectorhub.engine.core;

import dev.vectorhub.engine.core.Condition.MatchValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Commands, filters and points over a small domain, where things meet. */
final class RandomOps {
    static final List<String> KEYS = List.of("a", "b", "c", "d.e", "l[].n");
    private static final FieldType[] TYPES = {FieldType.KEYWORD, FieldType.INTEGER, FieldType.BOOL, FieldType.FLOAT};

    private RandomOps() {}

    static UUID tenant(int number) {
        return new UUID(0x0190_0000_0000_7000L, number);
    }

    static UUID collection(int tenant, int number) {
        return new UUID(0x0191_0000_0000_7000L, 100L * tenant + number);
    }

    /** Now and then another than the tenant began with: its collections move. */
    private static final String LATE = "late";

    private static IsolationMode anyMode(Random random, int tenant) {
        return random.nextInt(3) == 0 ? mode(random.nextInt(3)) : mode(tenant);
    }

    static IsolationMode mode(int tenant) {
        return List.of(IsolationMode.values()).get(tenant % 3);
    }

    static CollectionConfig config(int tenant, int number) {
        Distance distance = List.of(Distance.values()).get((tenant + number) % 4);
        Datatype datatype = List.of(Datatype.values()).get(tenant % 3);
        IsolationMode isolation = number == 2 ? IsolationMode.COLLECTION : IsolationMode.NONE;
        List<VectorConfig> vectors = switch (number) {
            case 1 ->
                List.of(
                        dense("", 3, distance, datatype),
                        dense("other", 70, Distance.EUCLID, Datatype.FLOAT16),
                        dense("bytes", 33, distance, Datatype.UINT8));
            case 2 ->
                List.of(
                        new VectorConfig("", 5, distance),
                        new VectorConfig(
                                "rows", VectorKind.MULTI, 20, distance, datatype, Modifier.NONE, HnswConfig.DEFAULT),
                        VectorConfig.sparse("words", Modifier.NONE));
            default -> List.of(new VectorConfig("", 5, distance));
        };
        return new CollectionConfig(vectors, HnswConfig.DEFAULT, isolation);
    }

    private static VectorConfig dense(String name, int size, Distance distance, Datatype datatype) {
        return new VectorConfig(name, VectorKind.DENSE, size, distance, datatype, Modifier.NONE, HnswConfig.DEFAULT);
    }

    static Op op(Random random) {
        int t = random.nextInt(3);
        int c = random.nextInt(3);
        UUID tenant = tenant(t);
        UUID collection = collection(t, c);
        return switch (random.nextInt(38)) {
            case 0 -> new Op.Place(tenant, random.nextInt(4), new UUID(1, random.nextInt(8)), anyMode(random, t));
            case 1 ->
                random.nextInt(3) == 0
                        ? new Op.DropTenant(tenant, random.nextInt(4), new UUID(2, random.nextInt(8)))
                        : new Op.Checkpoint();
            case 2, 3 -> new Op.Create(tenant, collection, config(t, c));
            case 4 -> random.nextInt(2) == 0 ? new Op.Drop(tenant, collection) : new Op.Checkpoint();
            case 5 -> new Op.Update(tenant, collection, new HnswConfig(4 + random.nextInt(3), 20, 0));
            case 6, 7, 8, 9, 10, 11, 12, 13 ->
                new Op.Upsert(
                        tenant,
                        collection,
                        points(random, config(t, c)),
                        List.of(UpsertMode.values()).get(Math.max(0, random.nextInt(8) - 5)),
                        random.nextInt(5) == 0 ? filter(random, 0) : null,
                        ceilings(random));
            case 14, 15, 16 -> new Op.Delete(tenant, collection, selector(random));
            case 17, 18, 19 ->
                new Op.SetPayload(
                        tenant,
                        collection,
                        selector(random),
                        payload(random),
                        random.nextInt(3) == 0,
                        random.nextInt(3) == 0 ? List.of("a", "d", "d.e").get(random.nextInt(3)) : "");
            case 20, 21 ->
                new Op.DeletePayload(
                        tenant,
                        collection,
                        selector(random),
                        List.of(List.of("a", "b", "d.e").get(random.nextInt(3))));
            case 22 -> new Op.ClearPayload(tenant, collection, selector(random));
            case 23, 24 ->
                new Op.PutField(
                        tenant, collection, KEYS.get(random.nextInt(KEYS.size())), TYPES[random.nextInt(TYPES.length)]);
            case 25 -> new Op.RemoveField(tenant, collection, KEYS.get(random.nextInt(KEYS.size())));
            case 26, 27, 28 -> new Op.Checkpoint();
            case 29, 30 ->
                new Op.UpdateVectors(
                        tenant,
                        collection,
                        few(points(random, config(t, c)), random),
                        random.nextInt(3) == 0 ? filter(random, 0) : null,
                        ceilings(random));
            case 31 ->
                new Op.DeleteVectors(
                        tenant,
                        collection,
                        selector(random),
                        List.of(List.of("", "", "other", "rows", "words", LATE).get(random.nextInt(6))));
            case 32, 33 ->
                new Op.AddVector(tenant, collection, random.nextInt(4) == 0 ? other(random, t, c) : late(random));
            case 34 ->
                new Op.RemoveVector(
                        tenant,
                        collection,
                        random.nextInt(4) == 0 ? other(random, t, c).name() : LATE);
            default -> random.nextInt(2) == 0 ? new Op.Reopen() : new Op.Checkpoint();
        };
    }

    private static VectorConfig other(Random random, int tenant, int number) {
        List<VectorConfig> vectors = config(tenant, number).vectors();
        return vectors.get(random.nextInt(vectors.size()));
    }

    /** A vector that is added to collections and removed, as one of several kinds. */
    private static VectorConfig late(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> dense(LATE, 4, Distance.DOT, Datatype.FLOAT16);
            case 1 -> VectorConfig.multi(LATE, 3, Distance.EUCLID);
            default -> VectorConfig.sparse(LATE, Modifier.NONE);
        };
    }

    /** So few that all of them may be there. */
    private static List<PointRecord> few(List<PointRecord> points, Random random) {
        return points.subList(0, Math.min(points.size(), random.nextInt(3)));
    }

    private static Ceilings ceilings(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Ceilings(4 + random.nextInt(20), 0);
            case 1 -> new Ceilings(0, 200 + random.nextInt(3000));
            default -> Ceilings.NONE;
        };
    }

    static PointId id(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> PointId.of(-1L - random.nextInt(3));
            case 1, 2 -> PointId.of(new UUID(random.nextInt(3) - 1L, random.nextInt(3) - 1L));
            default -> PointId.of(random.nextInt(40));
        };
    }

    static List<PointRecord> points(Random random, CollectionConfig config) {
        List<PointRecord> points = new ArrayList<>();
        int count = random.nextInt(4) == 0 ? random.nextInt(40) : random.nextInt(6);
        // most are refused then
        VectorConfig late = random.nextInt(5) == 0 ? late(random) : null;
        for (int i = 0; i < count; i++) {
            List<NamedVector> vectors = new ArrayList<>();
            for (VectorConfig vector : config.vectors()) {
                if (random.nextInt(8) > 0) {
                    vectors.add(new NamedVector(vector.name(), vector(random, vector)));
                }
            }
            if (late != null) {
                vectors.add(new NamedVector(LATE, vector(random, late)));
            }
            String payload = payload(random);
            points.add(new PointRecord(
                    id(random),
                    vectors,
                    payload.equals("{}") ? new byte[0] : payload.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        return points;
    }

    static VectorValue vector(Random random, VectorConfig config) {
        return switch (config.kind()) {
            case DENSE -> new VectorValue.Dense(vector(random, config.size()));
            case MULTI -> {
                if (random.nextInt(6) == 0) {
                    yield new VectorValue.Dense(vector(random, config.size()));
                }
                int rows = 1 + random.nextInt(5);
                float[] all = new float[rows * config.size()];
                for (int i = 0; i < all.length; i++) {
                    all[i] = random.nextInt(9) - 4 + random.nextFloat();
                }
                yield new VectorValue.Multi(all, rows);
            }
            case SPARSE -> sparse(random, 30);
        };
    }

    /** Now and then empty, or with an index twice; few of many indices, of which some are beyond the signed ones. */
    static VectorValue sparse(Random random, int indices) {
        int count = random.nextInt(12);
        java.util.Set<Integer> chosen = new java.util.LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            int index = random.nextInt(indices);
            chosen.add(index % 7 == 0 ? -index : index);
        }
        List<Integer> list = new ArrayList<>(chosen);
        if (random.nextInt(200) == 0 && !list.isEmpty()) {
            list.add(list.getFirst());
        }
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(9) - 2 + random.nextFloat();
        }
        return new VectorValue.Sparse(list.stream().mapToInt(Integer::intValue).toArray(), values);
    }

    /** Now and then of zeros or of a wrong length. */
    static float[] vector(Random random, int size) {
        float[] vector = new float[random.nextInt(200) == 0 ? size + 1 : size];
        if (random.nextInt(20) > 0) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = random.nextInt(9) - 4 + random.nextFloat();
            }
        }
        return vector;
    }

    static PointSelector selector(Random random) {
        if (random.nextInt(2) == 0) {
            return new PointSelector.Matching(filter(random, 0));
        }
        List<PointId> ids = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            ids.add(id(random));
        }
        return new PointSelector.Ids(ids);
    }

    static String payload(Random random) {
        List<String> members = new ArrayList<>();
        for (String key : List.of("a", "b", "c")) {
            if (random.nextInt(3) > 0) {
                members.add("\"" + key + "\":" + value(random, 0));
            }
        }
        if (random.nextInt(3) == 0) {
            members.add("\"d\":" + (random.nextInt(4) == 0 ? value(random, 0) : "{\"e\":" + value(random, 0) + "}"));
        }
        if (random.nextInt(3) == 0) {
            members.add("\"l\":[{\"n\":" + value(random, 1) + "},{\"n\":" + value(random, 1) + "},1]");
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 1 ? 7 : 9)) {
            case 0, 1 -> "\"" + keyword(random) + "\"";
            case 2, 3 -> Integer.toString(random.nextInt(4));
            case 4 -> random.nextBoolean() ? "true" : "false";
            case 5 -> "null";
            case 6 -> List.of("1.0", "2.5", "18446744073709551616", "-0.5").get(random.nextInt(4));
            case 7 -> {
                List<String> elements = new ArrayList<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    elements.add(value(random, depth + 1));
                }
                yield "[" + String.join(",", elements) + "]";
            }
            default -> "{\"x\":" + value(random, depth + 1) + "}";
        };
    }

    private static String keyword(Random random) {
        return List.of("red", "green", "blüe", "").get(random.nextInt(4));
    }

    static Filter filter(Random random, int depth) {
        return new Filter(
                conditions(random, depth),
                random.nextInt(3) == 0 ? conditions(random, depth) : List.of(),
                random.nextInt(3) == 0 ? conditions(random, depth) : List.of(),
                random.nextInt(6) == 0 ? new Filter.MinShould(conditions(random, depth), random.nextInt(3)) : null);
    }

    private static List<Condition> conditions(Random random, int depth) {
        List<Condition> conditions = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            conditions.add(condition(random, depth));
        }
        return conditions;
    }

    private static Condition condition(Random random, int depth) {
        String key = KEYS.get(random.nextInt(KEYS.size()));
        return switch (random.nextInt(12)) {
            case 0, 1 ->
                new Condition.Match(
                        key, new MatchValue.Keyword(List.of("red", "green", "").get(random.nextInt(3))));
            case 2, 3 -> new Condition.Match(key, new MatchValue.Int(random.nextInt(4)));
            case 4 -> new Condition.Match(key, new MatchValue.Bool(random.nextBoolean()));
            case 5 -> new Condition.Match(key, new MatchValue.Any(List.of("red", "blüe"), List.of()));
            case 6 -> new Condition.Match(key, new MatchValue.Any(List.of(), List.of(1L, 3L)));
            case 7 ->
                new Condition.Match(
                        key,
                        random.nextBoolean()
                                ? new MatchValue.Except(List.of("red"), List.of())
                                : new MatchValue.Except(List.of(), List.of(2L)));
            case 8 -> new Condition.Range(key, 2.5, null, 0.0, null);
            case 9 -> random.nextBoolean() ? new Condition.IsEmpty(key) : new Condition.IsNull(key);
            case 10 -> new Condition.HasId(List.of(id(random), id(random), id(random)));
            default ->
                depth < 2
                        ? new Condition.Group(filter(random, depth + 1))
                        : new Condition.Range(key, null, 0.5, null, 3.0);
        };
    }
}
