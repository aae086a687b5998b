package dev.vectorhub.engine.bench.report;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Speed over recall of one contestant, by ascending beam.
 *
 * @param data the data set
 * @param target recall at which speeds are compared
 */
public record Curve(String data, String contestant, double target, List<Point> points) {

    /**
     * What a beam gave.
     *
     * @param ef beam
     * @param recall recall@10
     * @param qps queries a second of the searching thread's CPU time, the median of the rounds
     * @param wallQps the same by the clock on the wall
     */
    public record Point(int ef, double recall, double qps, double wallQps) {}

    /**
     * The speed at a recall, on the line between the two beams around it, speed in logarithms.
     *
     * @return empty if the sweep did not reach it
     */
    public OptionalDouble qpsAt(double recall) {
        for (int i = 0; i < points.size(); i++) {
            Point here = points.get(i);
            if (here.recall() < recall) {
                continue;
            }
            // A first beam that is good enough already: there is no smaller one to go down to.
            if (i == 0) {
                return OptionalDouble.of(here.qps());
            }
            Point before = points.get(i - 1);
            double share = (recall - before.recall()) / (here.recall() - before.recall());
            return OptionalDouble.of(
                    Math.exp(Math.log(before.qps()) + share * (Math.log(here.qps()) - Math.log(before.qps()))));
        }
        return OptionalDouble.empty();
    }
}
