package dev.vectorhub.engine.bench.contest;

/**
 * What is said between the benchmark and a contestant, on the contestant's stdin and stdout; all numbers little-endian.
 *
 * <pre>
 * operation (int)  arguments (int each)   answer after status 0
 * QUIT             –                      –
 * BUILD            m, efConstruct         CPU ns of the process, wall ns (long each)
 * SEARCH           ef, first, count       CPU ns of the thread, wall ns, then K base rows (int) a query, −1 for none
 * FOOTPRINT        –                      bytes in memory, bytes on disk (long each)
 *
 * status (int) 1: length (int) and text of what went wrong
 * </pre>
 */
final class Wire {
    static final int QUIT = 0;
    static final int BUILD = 1;
    static final int SEARCH = 2;
    static final int FOOTPRINT = 3;

    static final int ERROR_CHARS_MAX = 10_000;

    private Wire() {}
}
