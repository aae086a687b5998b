package dev.vectorhub.api.qdrant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Random points, what Qdrant would answer about them by looking at each, and filters as JSON beside their meaning. */
final class Oracle {

    static final int DIMENSIONS = 6;

    private static final String[] CITIES = {"Berlin", "London", "Moscow", "Paris"};

    /** A point with a payload of every kind that the filters ask about. */
    // Told apart by id, never compared by value.
    @SuppressWarnings("ArrayRecordComponent")
    record Doc(
            long id,
            float[] vector,
            String city,
            @Nullable Long age,
            @Nullable Boolean sold,
            List<Long> tags,
            boolean nullNote) {

        String json() {
            StringBuilder text = new StringBuilder("{\"id\":").append(id).append(",\"vector\":");
            append(text, vector)
                    .append(",\"payload\":{\"city\":\"")
                    .append(city)
                    .append('"');
            if (age != null) {
                text.append(",\"nested\":{\"age\":").append(age).append('}');
            }
            if (sold != null) {
                text.append(",\"sold\":").append(sold);
            }
            text.append(",\"tags\":").append(tags);
            if (nullNote) {
                text.append(",\"note\":null");
            }
            return text.append("}}").toString();
        }
    }

    record Hit(long id, double score) {}

    /** A filter and what it means. */
    record Case(String json, Predicate<Doc> holds) {}

    static final List<Case> FILTERS = List.of(
            new Case("{}", doc -> true),
            new Case(
                    "{'must':[{'key':'city','match':{'value':'Berlin'}}]}",
                    doc -> doc.city().equals("Berlin")),
            new Case(
                    "{'must':[{'key':'city','match':{'any':['Berlin','Paris']}},{'key':'nested.age','range':{'gte':20,'lt':60}}]}",
                    doc -> (doc.city().equals("Berlin") || doc.city().equals("Paris"))
                            && doc.age() != null
                            && doc.age() >= 20
                            && doc.age() < 60),
            new Case(
                    "{'must_not':[{'key':'city','match':{'value':'Moscow'}},{'key':'sold','match':{'value':true}}]}",
                    doc -> !doc.city().equals("Moscow") && !Boolean.TRUE.equals(doc.sold())),
            new Case(
                    "{'should':[{'key':'tags','match':{'value':3}},{'key':'nested.age','match':{'any':[1,2,3]}}]}",
                    doc -> doc.tags().contains(3L) || (doc.age() != null && doc.age() >= 1 && doc.age() <= 3)),
            new Case(
                    "{'must':{'key':'city','match':{'except':['London','Paris']}}}",
                    doc -> !doc.city().equals("London") && !doc.city().equals("Paris")),
            new Case("{'must':[{'is_empty':{'key':'nested.age'}}]}", doc -> doc.age() == null),
            new Case("{'must':[{'is_empty':{'key':'tags'}}]}", doc -> doc.tags().isEmpty()),
            new Case("{'must':[{'is_null':{'key':'note'}}]}", Doc::nullNote),
            new Case("{'must':[{'has_id':[1,5,9,100000]}]}", doc -> doc.id() == 1 || doc.id() == 5 || doc.id() == 9),
            new Case(
                    "{'min_should':{'conditions':[{'key':'city','match':{'value':'London'}},"
                            + "{'key':'sold','match':{'value':false}},{'key':'tags','match':{'value':1}}],'min_count':2}}",
                    doc -> (doc.city().equals("London") ? 1 : 0)
                                    + (Boolean.FALSE.equals(doc.sold()) ? 1 : 0)
                                    + (doc.tags().contains(1L) ? 1 : 0)
                            >= 2),
            new Case(
                    "{'must':[{'should':[{'key':'city','match':{'value':'Berlin'}},{'must':[{'key':'sold','match':{'value':true}},"
                            + "{'key':'nested.age','range':{'gt':50}}]}]}],'must_not':{'has_id':[2,4]}}",
                    doc -> (doc.city().equals("Berlin")
                                    || (Boolean.TRUE.equals(doc.sold()) && doc.age() != null && doc.age() > 50))
                            && doc.id() != 2
                            && doc.id() != 4));

    private Oracle() {}

    static List<Doc> docs(int count, long seed) {
        Random random = new Random(seed);
        List<Doc> docs = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            List<Long> tags = new ArrayList<>();
            for (int t = random.nextInt(4); t > 0; t--) {
                tags.add((long) random.nextInt(5));
            }
            docs.add(new Doc(
                    i,
                    vector(random),
                    CITIES[random.nextInt(CITIES.length)],
                    random.nextInt(4) == 0 ? null : (long) random.nextInt(90),
                    random.nextInt(3) == 0 ? null : random.nextBoolean(),
                    tags,
                    random.nextInt(5) == 0));
        }
        return docs;
    }

    static float[] vector(Random random) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    static StringBuilder append(StringBuilder text, float[] vector) {
        text.append('[');
        for (int i = 0; i < vector.length; i++) {
            text.append(i == 0 ? "" : ",").append(vector[i]);
        }
        return text.append(']');
    }

    static double score(String distance, float[] a, float[] b) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        double l1 = 0;
        double l2 = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
            l1 += Math.abs((double) a[i] - b[i]);
            l2 += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
        }
        return switch (distance) {
            case "Cosine" -> dot / Math.sqrt(aa * bb);
            case "Dot" -> dot;
            case "Euclid" -> Math.sqrt(l2);
            case "Manhattan" -> l1;
            default -> throw new IllegalArgumentException(distance);
        };
    }

    /** The nearest first. */
    static List<Hit> search(List<Doc> docs, String distance, float[] query, Predicate<Doc> filter) {
        boolean similarity = distance.equals("Cosine") || distance.equals("Dot");
        Comparator<Hit> nearest = Comparator.comparingDouble(Hit::score);
        return docs.stream()
                .filter(filter)
                .map(doc -> new Hit(doc.id(), score(distance, query, doc.vector())))
                .sorted(similarity ? nearest.reversed() : nearest)
                .toList();
    }
}
