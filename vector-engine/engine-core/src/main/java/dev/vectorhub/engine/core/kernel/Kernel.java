package dev.vectorhub.engine.core.kernel;

/** Comparisons with rows, of binary32 components itself. */
public interface Kernel extends RowKernel {
    /** For status and logs. */
    String name();

    /** Over rows of binary16 components, all of them finite. */
    RowKernel halves();

    ByteKernel bytes();

    /** Over one row and many queries. */
    MatrixKernel matrix();

    /** Whether the functions of {@code kernel.c} may be called. */
    default boolean isNative() {
        return false;
    }

    /** A new probe over codes. */
    Int8Probe probe();
}
