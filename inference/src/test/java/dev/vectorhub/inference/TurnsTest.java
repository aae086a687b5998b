package dev.vectorhub.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.inference.InferenceException.Reason;
import dev.vectorhub.inference.Turns.Job;
import dev.vectorhub.inference.Turns.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final UUID GREEDY = new UUID(0, 1);
    private static final UUID MODEST = new UUID(0, 2);

    private final Turns turns = new Turns(1, 6, 4);

    private static Job job(UUID tenant, int texts) {
        int[][] tokens = new int[texts][];
        Arrays.setAll(tokens, i -> new int[Turns.SLICE_TOKENS / 2]);
        return new Job(tenant, tokens);
    }

    private Slice next() throws InterruptedException {
        Slice slice = turns.take();
        if (slice == null) {
            throw new AssertionError("closed");
        }
        turns.embedded(slice, 1);
        return slice;
    }

    @Test
    void tenantsTakeTurnsHoweverMuchOneWants() throws InterruptedException {
        List<Job> greedy = List.of(job(GREEDY, 100), job(GREEDY, 100), job(GREEDY, 100));
        greedy.forEach(turns::add);
        Job modest = job(MODEST, 4);
        turns.add(modest);
        List<UUID> order = new ArrayList<>();
        while (!modest.done.isDone()) {
            order.add(next().job().tenant);
        }
        assertEquals(List.of(GREEDY, MODEST, GREEDY, MODEST), order);
    }

    @Test
    void aJobIsDoneWhenAllOfItsSlicesAre() throws InterruptedException {
        Job job = job(GREEDY, 3);
        turns.add(job);
        Slice first = turns.take();
        Slice second = turns.take();
        assertTrue(first != null && second != null);
        assertEquals(2, second.from());
        turns.embedded(second, 1);
        assertEquals(false, job.done.isDone());
        turns.embedded(first, 1);
        assertTrue(job.done.isDone());
    }

    @Test
    void roomIsBoundedForEachAndForAll() {
        for (int i = 0; i < 4; i++) {
            turns.add(job(GREEDY, 1));
        }
        assertEquals(Reason.TENANT_BUSY, refusal(job(GREEDY, 1)));
        turns.add(job(MODEST, 1));
        Job last = job(MODEST, 1);
        turns.add(last);
        assertEquals(Reason.BUSY, refusal(job(new UUID(0, 3), 1)));
        turns.leave(last);
        turns.add(job(new UUID(0, 3), 1));
    }

    @Test
    void whatNobodyWaitsForIsNotEmbedded() throws InterruptedException {
        Job left = job(GREEDY, 10);
        turns.add(left);
        next();
        turns.leave(left);
        turns.close();
        assertNull(turns.take());
        assertEquals(Reason.BUSY, refusal(job(MODEST, 1)));
    }

    private Reason refusal(Job job) {
        return assertThrows(InferenceException.class, () -> turns.add(job)).reason();
    }
}
