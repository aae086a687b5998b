package dev.vectorhub.apibench;

import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.contest.Contestant;
import dev.vectorhub.engine.bench.contest.Contestants;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.bench.report.Curve;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** hnswlib in a process of its own, on the server's core while the server rests: the yardstick of a data set. */
final class Peer implements AutoCloseable {
    private static final int M = 16;
    private static final int EF_CONSTRUCT = 200;
    private static final int[] BEAMS = {
        10, 12, 14, 16, 18, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 200, 256, 320, 400, 512, 640, 800
    };
    private static final int WARM_UPS = 3;

    private record Beam(int ef, double recall, List<Double> qps) {}

    private final DataSet set;
    private final Contestant contestant;
    private final Contestant.Build built;
    private final List<Beam> beams = new ArrayList<>();

    Peer(DataSet set, Truth truth, Path folder, Path cache) {
        this.set = set;
        contestant = Contestants.start(Contestants.HNSWLIB, set, folder, cache);
        try {
            built = contestant.build(M, EF_CONSTRUCT);
            explore(truth);
        } catch (Failure e) {
            contestant.close();
            throw e;
        }
    }

    /** Keeps the beams on both sides of the wanted recall. */
    private void explore(Truth truth) {
        for (int ef : BEAMS) {
            Contestant.Round turn = contestant.search(ef, 0, DataSet.QUERIES);
            double recall = truth.recall(0, turn.rows());
            beams.add(new Beam(ef, recall, new ArrayList<>()));
            if (recall >= set.recall()) {
                break;
            }
        }
        while (beams.size() > 2) {
            beams.removeFirst();
        }
        for (int i = 0; i < WARM_UPS; i++) {
            contestant.search(beams.getLast().ef(), 0, DataSet.QUERIES);
        }
    }

    /** CPU seconds of the build. */
    double buildSeconds() {
        return built.cpuNanos() / 1e9;
    }

    /** One turn. */
    void round() {
        for (Beam beam : beams) {
            Contestant.Round turn = contestant.search(beam.ef(), 0, DataSet.QUERIES);
            beam.qps().add(turn.queries() / (turn.cpuNanos() / 1e9));
        }
    }

    /** Queries a second of its thread's CPU time at the data set's recall, the median of the turns. */
    double qps() {
        return curve().qpsAt(set.recall())
                .orElseThrow(() -> new Failure("hnswlib does not reach recall " + set.recall() + " on " + set.name()));
    }

    private Curve curve() {
        List<Curve.Point> points = new ArrayList<>();
        for (Beam beam : beams) {
            double[] sorted =
                    beam.qps().stream().mapToDouble(Double::doubleValue).toArray();
            Arrays.sort(sorted);
            double median = sorted[sorted.length / 2];
            points.add(new Curve.Point(beam.ef(), beam.recall(), median, median));
        }
        return new Curve(set.name(), Contestants.HNSWLIB, set.recall(), points);
    }

    @Override
    public void close() {
        contestant.close();
    }
}
