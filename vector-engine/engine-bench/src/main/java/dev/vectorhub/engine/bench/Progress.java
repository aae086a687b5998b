package dev.vectorhub.engine.bench;

import java.io.PrintStream;
import java.util.Locale;

/** Text for a person, each line with the seconds since the start. */
public final class Progress {
    private final PrintStream out;
    private final long start = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency of the benchmark
    public void say(String format, Object... values) {
        out.printf(
                Locale.ROOT,
                "%6.1f  %s%n",
                (System.nanoTime() - start) / 1e9,
                String.format(Locale.ROOT, format, values));
        out.flush();
    }

    /** A line as it is. */
    public void line(String text) {
        out.println(text);
        out.flush();
    }
}
