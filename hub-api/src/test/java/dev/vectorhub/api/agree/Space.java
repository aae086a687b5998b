package dev.vectorhub.api.agree;

import io.qdrant.client.VectorFactory;
import io.qdrant.client.VectorInputFactory;
import io.qdrant.client.grpc.Collections.Datatype;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * A vector of a collection: what its values are like, what of them is stored, and how near two of them are.
 *
 * @param idf whether indices that are rare weigh more
 */
record Space(String name, Kind kind, Distance distance, Datatype datatype, boolean idf) {

    enum Kind {
        DENSE,
        MULTI,
        SPARSE
    }

    static final int DIMENSIONS = 5;
    private static final int ROWS_MAX = 3;
    /** Ascending, beyond the signed ones too. */
    private static final int[] INDICES = {0, 1, 7, 300, 70_000, Integer.MAX_VALUE, Integer.MIN_VALUE, -1};

    private static final Distance[] DISTANCES = {Distance.Dot, Distance.Euclid, Distance.Cosine, Distance.Manhattan};

    /** One without a name, or three that have names. */
    static List<Space> some(int round, Random random) {
        Distance distance = DISTANCES[round % DISTANCES.length];
        if (round % 3 == 2) {
            return List.of(new Space("", Kind.DENSE, distance, datatype(distance, random), false));
        }
        Distance rows = DISTANCES[random.nextInt(DISTANCES.length)];
        return List.of(
                new Space("dense", Kind.DENSE, distance, datatype(distance, random), false),
                new Space("rows", Kind.MULTI, rows, datatype(rows, random), false),
                new Space("words", Kind.SPARSE, Distance.Dot, Datatype.Float32, random.nextBoolean()));
    }

    private static Datatype datatype(Distance distance, Random random) {
        if (distance == Distance.Cosine) {
            return Datatype.Float32;
        }
        return switch (random.nextInt(4)) {
            case 0 -> Datatype.Float16;
            case 1 -> Datatype.Uint8;
            default -> Datatype.Float32;
        };
    }

    boolean up() {
        return distance == Distance.Cosine || distance == Distance.Dot;
    }

    /** Whether similarities are the same in any precision. */
    boolean exact() {
        return distance != Distance.Cosine && !idf;
    }

    /** Of quarters, so that products and differences are exact and equal ones are frequent; cosine has neither. */
    Value draw(Random random) {
        if (kind == Kind.SPARSE) {
            int[] indices = Arrays.stream(INDICES)
                    .filter(index -> random.nextInt(2) == 0)
                    .toArray();
            double[] values = new double[indices.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (random.nextInt(5) == 0 ? -1 : 1) * (1 + random.nextInt(8)) / 4.0;
            }
            return new Value(new double[][] {values}, indices);
        }
        double[][] rows = new double[kind == Kind.MULTI ? 1 + random.nextInt(ROWS_MAX) : 1][DIMENSIONS];
        for (double[] row : rows) {
            for (int i = 0; i < DIMENSIONS; i++) {
                row[i] = distance == Distance.Cosine
                        ? (float) random.nextGaussian()
                        : datatype == Datatype.Uint8 ? random.nextInt(17) : (random.nextInt(17) - 8) / 4.0;
            }
        }
        return new Value(rows, Value.DENSE);
    }

    VectorInput input(Value value) {
        return switch (kind) {
            case DENSE -> VectorInputFactory.vectorInput(floats(value.rows()[0]));
            case MULTI ->
                VectorInputFactory.multiVectorInput(
                        Arrays.stream(value.rows()).map(Space::floats).toList());
            case SPARSE -> VectorInputFactory.vectorInput(floats(value.rows()[0]), integers(value));
        };
    }

    Vector vector(Value value) {
        return switch (kind) {
            case DENSE -> VectorFactory.vector(floats(value.rows()[0]));
            case MULTI ->
                VectorFactory.multiVector(
                        Arrays.stream(value.rows()).map(Space::floats).toList());
            case SPARSE -> VectorFactory.vector(floats(value.rows()[0]), integers(value));
        };
    }

    private static List<Integer> integers(Value value) {
        return Arrays.stream(value.indices()).boxed().toList();
    }

    static List<Float> floats(double[] row) {
        List<Float> floats = new ArrayList<>();
        for (double x : row) {
            floats.add((float) x);
        }
        return floats;
    }

    /** What becomes of a value: of length one for cosine, whole and from 0 to 255 where a component is a byte. */
    Value stored(Value value) {
        double[][] rows = new double[value.rows().length][];
        for (int r = 0; r < rows.length; r++) {
            double[] row = value.rows()[r];
            double norm = Math.sqrt(Arrays.stream(row).map(x -> x * x).sum());
            rows[r] = Arrays.stream(row)
                    .map(x -> distance == Distance.Cosine
                            ? x / norm
                            : datatype == Datatype.Uint8 ? Math.clamp(Math.floor(x), 0.0, 255.0) : x)
                    .toArray();
        }
        return new Value(rows, value.indices());
    }

    /** A query's sparse vector as it counts: the rarer an index among the points that have the vector, the more. */
    Value weighed(Value value, Collection<Doc> docs) {
        if (!idf) {
            return value;
        }
        List<Value> all = docs.stream()
                .map(doc -> doc.vectors().get(name))
                .filter(Objects::nonNull)
                .toList();
        double[] values = value.rows()[0].clone();
        for (int i = 0; i < values.length; i++) {
            int index = value.indices()[i];
            long having = all.stream()
                    .filter(other -> Arrays.stream(other.indices()).anyMatch(x -> x == index))
                    .count();
            values[i] = (float) values[i] * (float) Math.log(1 + (all.size() - having + 0.5) / (having + 0.5));
        }
        return new Value(new double[][] {values}, value.indices());
    }

    /** The greater the nearer; of multi-vectors the sum over the first one's rows of the best among the other's. */
    double similarity(Value a, Value b) {
        if (kind == Kind.SPARSE) {
            return product(a, b);
        }
        double sum = 0;
        for (double[] row : a.rows()) {
            double best = Double.NEGATIVE_INFINITY;
            for (double[] other : b.rows()) {
                best = Math.max(best, similarity(row, other));
            }
            sum += best;
        }
        return sum;
    }

    /** In binary32 and by ascending index, as scores are defined. */
    private static double product(Value a, Value b) {
        float sum = 0;
        for (int i = 0; i < a.indices().length; i++) {
            for (int j = 0; j < b.indices().length; j++) {
                if (a.indices()[i] == b.indices()[j]) {
                    sum += (float) a.rows()[0][i] * (float) b.rows()[0][j];
                }
            }
        }
        return sum;
    }

    private double similarity(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += switch (distance) {
                case Euclid -> -(a[i] - b[i]) * (a[i] - b[i]);
                case Manhattan -> -Math.abs(a[i] - b[i]);
                default -> a[i] * b[i];
            };
        }
        return sum;
    }

    double shown(double similarity) {
        return switch (distance) {
            case Euclid -> Math.sqrt(-similarity);
            case Manhattan -> -similarity;
            default -> similarity;
        };
    }
}
