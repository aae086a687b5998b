package dev.vectorhub.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test
    void smallCountsHaveWholeSteps() {
        assertEquals(new Scale(1, 1), Scale.of(0));
        assertEquals(new Scale(1, 3), Scale.of(3));
        assertEquals(new Scale(2, 3), Scale.of(5));
    }

    @Test
    void theTopCoversTheDataWithFewSteps() {
        for (double max = 1; max < 1e15; max *= 1.37) {
            Scale scale = Scale.of(max);
            assertTrue(scale.top() >= max, max + " within " + scale);
            assertTrue(scale.steps() <= 5, max + " has " + scale);
            assertTrue(scale.top() <= Math.max(4, max * 1.7), max + " uses most of " + scale);
        }
    }
}
