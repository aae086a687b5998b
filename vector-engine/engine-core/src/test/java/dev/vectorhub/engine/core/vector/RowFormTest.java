package dev.vectorhub.engine.core.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vectorhub.engine.core.Datatype;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.StoreException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class RowFormTest {
    private static float[] readBack(Datatype datatype, Distance distance, float... given) {
        RowForm form = RowForm.of(datatype, distance);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(form.stride(given.length));
            float[] stored = form.stored(given, distance);
            form.write(stored, memory, 0);
            float[] read = new float[given.length];
            new Rows(new MemorySegment[] {memory}, Rows.SINGLE_CHUNK, form, given.length).copyTo(0, read);
            assertArrayEquals(stored, read);
            return read;
        }
    }

    @Test
    void aHalfIsTheNearestOne() {
        assertArrayEquals(
                new float[] {0.099975586f, 2048, 65504, -5.9604645E-8f, 0},
                readBack(Datatype.FLOAT16, Distance.DOT, 0.1f, 2049, 65519, -5e-8f, 1e-9f));
    }

    @Test
    void whatNoHalfCanHoldIsRefused() {
        StoreException refused =
                assertThrows(StoreException.class, () -> readBack(Datatype.FLOAT16, Distance.EUCLID, 1, 65520));
        assertEquals("vector: component 65520.0 is beyond float16, ±65504", refused.getMessage());
    }

    /** Qdrant's conversion: a cut, and bounds. */
    @Test
    void aByteIsCutOff() {
        float[] bytes = {0, 0, 0, 1, 254, 255, 255, 255};
        assertArrayEquals(
                bytes, readBack(Datatype.UINT8, Distance.DOT, -300, -0.5f, 0.99f, 1.5f, 254.999f, 255, 256, 1e30f));
        assertArrayEquals(bytes, readBack(Datatype.UINT8, Distance.COSINE, bytes));
    }

    @Test
    void cosineStoresLengthOneExceptForBytes() {
        assertArrayEquals(new float[] {0.6f, 0.8f}, readBack(Datatype.FLOAT32, Distance.COSINE, 3, 4));
        assertArrayEquals(new float[] {0.60009766f, 0.7998047f}, readBack(Datatype.FLOAT16, Distance.COSINE, 3, 4));
        assertArrayEquals(new float[] {3, 4}, readBack(Datatype.UINT8, Distance.COSINE, 3, 4));
        assertArrayEquals(
                new float[] {0.6f, 0.8f},
                RowForm.of(Datatype.UINT8, Distance.COSINE).compared(new float[] {3, 4}));
    }

    @Test
    void nothingIsCopiedWhereNothingChanges() {
        float[] given = {1, 2};
        assertSame(given, RowForm.FLOAT32.stored(given, Distance.DOT));
        assertSame(given, RowForm.FLOAT32.compared(given));
    }

    @Test
    void aRowTakesWhatItsComponentsTake() {
        assertEquals(1536, RowForm.FLOAT32.stride(384));
        assertEquals(768, RowForm.FLOAT16.stride(384));
        assertEquals(384, RowForm.UINT8.stride(384));
        assertEquals(112, RowForm.UINT8.stride(100));
    }
}
