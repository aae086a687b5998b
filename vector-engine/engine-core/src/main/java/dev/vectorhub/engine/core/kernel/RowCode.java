package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;

/** Encodes vectors as the rows of a graph. Ordinals and links are left as they are. */
public sealed interface RowCode permits RowCode.None, BitCode, ProductCode {
    /** What stands in a graph's header; a kind keeps its number. */
    int INT8 = 0;

    int NONE = 1;
    int BITS = 2;
    int PRODUCT = 3;

    int kind();

    /** Of a row. */
    int bytes();

    /** What probes need besides the rows. */
    MemorySegment book();

    void write(float[] vector, CodeRows rows, int row);

    /** Rows of links only. */
    record None() implements RowCode {
        @Override
        public int kind() {
            return NONE;
        }

        @Override
        public int bytes() {
            return 0;
        }

        @Override
        public MemorySegment book() {
            return MemorySegment.NULL;
        }

        @Override
        public void write(float[] vector, CodeRows rows, int row) {
            // nothing but links
        }
    }
}
