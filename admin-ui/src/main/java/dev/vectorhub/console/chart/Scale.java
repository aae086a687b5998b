package dev.vectorhub.console.chart;

/**
 * The vertical axis: from 0 to a round number not below the largest value, in steps of 1, 2 or 5 times a power of ten.
 *
 * @param step distance of two grid lines, at least 1
 * @param steps number of steps, so that {@code top = step × steps}
 */
record Scale(double step, int steps) {
    private static final int STEPS_WANTED = 4;

    static Scale of(double max) {
        if (max <= STEPS_WANTED) {
            return new Scale(1, Math.max(1, (int) Math.ceil(max)));
        }
        double rough = max / STEPS_WANTED;
        double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
        double fraction = rough / magnitude;
        double nice = fraction <= 1 ? 1 : fraction <= 2 ? 2 : fraction <= 2.5 ? 2.5 : fraction <= 5 ? 5 : 10;
        double step = Math.max(1, nice * magnitude);
        return new Scale(step, (int) Math.ceil(max / step));
    }

    double top() {
        return step * steps;
    }
}
