package dev.vectorhub.engine.bench.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Curves of speed over recall as an SVG element: recall stretched towards 1 (each step right halves the misses), speed in logarithms. */
final class Picture {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 420;
    private static final int LEFT = 76;
    private static final int RIGHT = 130;
    private static final int TOP = 14;
    private static final int BOTTOM = 44;
    private static final int COLOURS = 5;
    private static final int LABEL_HEIGHT = 16;
    /** Recall 1 would lie infinitely far right. */
    private static final double MISSES_MIN = 0.0005;

    private static final double[] RECALL_TICKS = {
        0.5, 0.7, 0.8, 0.9, 0.93, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.993, 0.995, 0.997, 0.998, 0.999
    };
    private static final double[] STEPS = {1, 1.5, 2, 3, 5, 7};

    private final double left;
    private final double right;
    private final double low;
    private final double high;

    private Picture(List<Curve> curves) {
        double leftmost = Double.MAX_VALUE;
        double rightmost = -Double.MAX_VALUE;
        double lowest = Double.MAX_VALUE;
        double highest = 0;
        for (Curve curve : curves) {
            for (Curve.Point point : curve.points()) {
                leftmost = Math.min(leftmost, stretched(point.recall()));
                rightmost = Math.max(rightmost, stretched(point.recall()));
                lowest = Math.min(lowest, point.qps());
                highest = Math.max(highest, point.qps());
            }
        }
        left = leftmost;
        right = Math.max(rightmost, leftmost + 1e-6);
        low = Math.log(lowest * 0.85);
        high = Math.log(highest * 1.15);
    }

    static String svg(String data, List<Curve> curves) {
        return new Picture(curves).draw(data, curves);
    }

    private static double stretched(double recall) {
        return -Math.log(Math.max(MISSES_MIN, 1 - recall));
    }

    private double x(double recall) {
        return LEFT + (stretched(recall) - left) / (right - left) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double qps) {
        return HEIGHT - BOTTOM - (Math.log(qps) - low) / (high - low) * (HEIGHT - TOP - BOTTOM);
    }

    private String draw(String data, List<Curve> curves) {
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                WIDTH,
                HEIGHT,
                Page.text("Queries a second over recall on " + data + "; the figures are in the table below")));
        axes(svg);
        double target = x(curves.getFirst().target());
        if (target <= WIDTH - RIGHT) {
            line(svg, target, TOP, target, HEIGHT - BOTTOM, "stroke:var(--soft);stroke-dasharray:5 4");
        }
        double[] labels = labels(curves);
        for (int i = 0; i < curves.size(); i++) {
            curve(svg, curves.get(i), i, labels[i]);
        }
        return svg.append("</svg>").toString();
    }

    private void axes(StringBuilder svg) {
        for (double recall : RECALL_TICKS) {
            double at = x(recall);
            if (at >= LEFT && at <= WIDTH - RIGHT) {
                line(svg, at, TOP, at, HEIGHT - BOTTOM, "");
                label(svg, at, HEIGHT - BOTTOM + 18, "middle", String.valueOf(recall));
            }
        }
        for (double power = 1; Math.log(power) < high; power *= 10) {
            for (double step : STEPS) {
                double qps = step * power;
                if (Math.log(qps) >= low && Math.log(qps) <= high) {
                    line(svg, LEFT, y(qps), WIDTH - RIGHT, y(qps), "");
                    label(svg, LEFT - 8, y(qps) + 4, "end", String.format(Locale.ROOT, "%,.0f", qps));
                }
            }
        }
        label(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle", "recall@10");
    }

    /** Where each name stands at the end of its curve, pushed apart so that none covers another. */
    private double[] labels(List<Curve> curves) {
        double[] at = new double[curves.size()];
        List<Integer> fromTop = IntStream.range(0, at.length)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        i -> y(curves.get(i).points().getLast().qps())))
                .toList();
        double free = TOP + 4;
        for (int i : fromTop) {
            at[i] = Math.max(free, y(curves.get(i).points().getLast().qps()) + 4);
            free = at[i] + LABEL_HEIGHT;
        }
        return at;
    }

    private void curve(StringBuilder svg, Curve curve, int number, double labelY) {
        String colour = "var(--c" + number % COLOURS + ")";
        StringBuilder points = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        for (Curve.Point point : curve.points()) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.recall()), y(point.qps())));
            dots.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" style=\"fill:%s\"><title>%s, ef %d: recall %.4f, %,.0f queries/s</title></circle>",
                    x(point.recall()),
                    y(point.qps()),
                    colour,
                    Page.text(curve.contestant()),
                    point.ef(),
                    point.recall(),
                    point.qps()));
        }
        svg.append("<polyline points=\"")
                .append(points.toString().strip())
                .append("\" style=\"fill:none;stroke:")
                .append(colour)
                .append(";stroke-width:2\"/>")
                .append(dots);
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%.1f\" style=\"fill:%s;font-weight:600\">%s</text>",
                WIDTH - RIGHT + 10,
                labelY,
                colour,
                Page.text(curve.contestant())));
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2, String more) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" style=\"stroke:var(--line);%s\"/>",
                x1,
                y1,
                x2,
                y2,
                more));
    }

    private static void label(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, text));
    }
}
