package dev.vectorhub.api.worker;

import java.time.Duration;

/**
 * One kind of background work.
 *
 * @param name in logs and as the tag {@code worker}; the set is bounded by the code
 * @param every from the end of one round's slot to the next; a round that is still running when its slot comes is not
 *     started again
 * @param round does what there is to do and returns; safe to run in any number of processes at once
 */
record Worker(String name, Duration every, Runnable round) {}
