package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.contest.Contestant;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.bench.report.Curve;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Speed over recall of several contestants on one core. A first pass finds how far each has to go, and warms it; then in each
 * round they take turns beam by beam, so that all of them see the same machine.
 */
final class Sweep {
    private static final int[] BEAMS = {
        10, 12, 16, 20, 25, 32, 40, 50, 64, 80, 100, 128, 160, 200, 256, 320, 400, 512, 640, 800, 1000
    };
    /** So far over the wanted recall a sweep goes on, for the picture. */
    private static final double BEYOND = 0.002;

    private static final int WARM_UP_BEAM = 64;
    private static final int WARM_UP_PASSES = 6;

    private final DataSet set;
    private final Truth truth;
    private final int rounds;

    Sweep(DataSet set, Truth truth, int rounds) {
        this.set = set;
        this.truth = truth;
        this.rounds = rounds;
    }

    private static final class Track {
        private final Contestant contestant;
        private final List<Integer> beams = new ArrayList<>();
        private final List<Double> recalls = new ArrayList<>();
        private double[][] cpu = {};
        private double[][] wall = {};

        private Track(Contestant contestant) {
            this.contestant = contestant;
        }
    }

    /** By contestant, in the order given. */
    Map<String, Curve> run(List<Contestant> contestants) {
        List<Track> tracks = contestants.stream().map(this::explored).toList();
        for (int round = 0; round < rounds; round++) {
            for (int beam = 0; beam < BEAMS.length; beam++) {
                for (Track track : tracks) {
                    if (beam < track.beams.size()) {
                        Contestant.Round turn = track.contestant.search(track.beams.get(beam), 0, DataSet.QUERIES);
                        track.cpu[beam][round] = turn.queries() / (turn.cpuNanos() / 1e9);
                        track.wall[beam][round] = turn.queries() / (turn.wallNanos() / 1e9);
                    }
                }
            }
        }
        Map<String, Curve> curves = new LinkedHashMap<>();
        for (Track track : tracks) {
            List<Curve.Point> points = new ArrayList<>();
            for (int beam = 0; beam < track.beams.size(); beam++) {
                points.add(new Curve.Point(
                        track.beams.get(beam),
                        track.recalls.get(beam),
                        Median.of(track.cpu[beam]),
                        Median.of(track.wall[beam])));
            }
            curves.put(track.contestant.name(), new Curve(set.name(), track.contestant.name(), set.recall(), points));
        }
        return curves;
    }

    private Track explored(Contestant contestant) {
        for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
            contestant.search(WARM_UP_BEAM, 0, DataSet.QUERIES);
        }
        Track track = new Track(contestant);
        for (int beam : BEAMS) {
            double recall =
                    truth.recall(0, contestant.search(beam, 0, DataSet.QUERIES).rows());
            track.beams.add(beam);
            track.recalls.add(recall);
            if (recall >= Math.min(1, set.recall() + BEYOND)) {
                break;
            }
        }
        track.cpu = new double[track.beams.size()][rounds];
        track.wall = new double[track.beams.size()][rounds];
        return track;
    }
}
