package dev.vectorhub.launcher;

import java.io.PrintStream;

/** What a person reads while something is slow. Goes to stderr, so that stdout stays for the answer. */
public final class Progress {
    private final PrintStream out;
    private final long startNanos = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    /** One line, with the seconds since the command began. */
    public void step(String text) {
        out.printf("[%5.1f s] %s%n", elapsedSeconds(), text);
        out.flush();
    }

    /** Text without a time, for results and hints. */
    public void say(String text) {
        out.println(text);
        out.flush();
    }

    public double elapsedSeconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
