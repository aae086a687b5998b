package dev.vectorhub.engine.bench.work;

/** Something to measure. */
public interface Work {
    /** For the command line. */
    String name();

    /** Measures, and hands its rows to the run. */
    void run(Run run) throws Exception;
}
