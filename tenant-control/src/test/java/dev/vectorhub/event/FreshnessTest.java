package dev.vectorhub.event;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private final Freshness freshness = new Freshness();
    private final UUID tenant = new UUID(1, 2);

    @Test
    void newsOutdatesWhatWasReadBefore() {
        long before = freshness.stamp();
        assertTrue(freshness.isFresh(tenant, before));
        freshness.changed(tenant);
        assertFalse(freshness.isFresh(tenant, before));
        assertTrue(freshness.isFresh(tenant, freshness.stamp()));
    }

    @Test
    void newsDuringALoadOutdatesItsResult() {
        long beforeTheRead = freshness.stamp();
        freshness.changed(tenant);
        // The value that was read carries the stamp from before: it must not be trusted.
        assertFalse(freshness.isFresh(tenant, beforeTheRead));
    }

    @Test
    void othersKeepTheirs() {
        long before = freshness.stamp();
        freshness.changed(tenant);
        int fresh = 0;
        for (int i = 0; i < 1000; i++) {
            fresh += freshness.isFresh(new UUID(i, 77), before) ? 1 : 0;
        }
        assertTrue(fresh >= 990, "still fresh: " + fresh);
    }

    @Test
    void aGapOutdatesEverything() {
        long before = freshness.stamp();
        freshness.changedAll();
        assertFalse(freshness.isFresh(tenant, before));
        assertTrue(freshness.isFresh(tenant, freshness.stamp()));
    }
}
