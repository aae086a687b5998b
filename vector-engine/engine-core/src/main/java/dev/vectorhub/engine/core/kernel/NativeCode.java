package dev.vectorhub.engine.core.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The functions of {@code kernel.c}. The build compiles it where a C compiler is present and packs the library as a resource; it
 * is loaded from a copy in a new directory that only this user may enter, which is gone once it is loaded.
 */
final class NativeCode {
    private static final ValueLayout.OfLong ADDRESS = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBRARY = load();
    private static final MethodHandle SUPPORTED = handle("vectorhub_supported", FunctionDescriptor.of(INT));
    private static final MethodHandle AIM = handle("vectorhub_aim", FunctionDescriptor.ofVoid(ADDRESS, INT));
    private static final MethodHandle DISTANCES =
            handle("vectorhub_distances", FunctionDescriptor.ofVoid(ADDRESS, INT));
    private static final MethodHandle RANGE = handle("vectorhub_range", FunctionDescriptor.ofVoid(ADDRESS, INT, INT));
    private static final MethodHandle APART =
            handle("vectorhub_apart", FunctionDescriptor.of(INT, ADDRESS, INT, FLOAT));
    private static final MethodHandle EXPAND =
            handle("vectorhub_expand", FunctionDescriptor.of(INT, ADDRESS, INT, FLOAT));

    private static final MethodHandle MEET =
            handle("vectorhub_meet", FunctionDescriptor.of(INT, ADDRESS, INT, INT, INT));
    private static final MethodHandle TABLE =
            handle("vectorhub_table", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, INT, INT, INT));
    private static final MethodHandle PRODUCT =
            handle("vectorhub_product", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, INT));
    private static final MethodHandle BITS =
            handle("vectorhub_bits", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, INT, INT, INT, ADDRESS));

    private NativeCode() {}

    /**
     * Whether the library is packed, loads and knows this processor.
     *
     * @throws LinkageError if it is not packed, cannot be loaded or lacks a function
     */
    static boolean supported() {
        try {
            return (int) SUPPORTED.invokeExact() != 0;
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void aim(long probe, int row) {
        try {
            AIM.invokeExact(probe, row);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void distances(long probe, int count) {
        try {
            DISTANCES.invokeExact(probe, count);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void range(long probe, int from, int count) {
        try {
            RANGE.invokeExact(probe, from, count);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static boolean apart(long probe, int count, float bound) {
        try {
            return (int) APART.invokeExact(probe, count, bound) != 0;
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int expand(long probe, int vertex, float bound) {
        try {
            return (int) EXPAND.invokeExact(probe, vertex, bound);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int meet(long probe, int vertex, int first, int lines) {
        try {
            return (int) MEET.invokeExact(probe, vertex, first, lines);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void table(long book, long query, long table, int dimensions, int stretches, int metric) {
        try {
            TABLE.invokeExact(book, query, table, dimensions, stretches, metric);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void product(long probe, long table, int count) {
        try {
            PRODUCT.invokeExact(probe, table, count);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void bits(long probe, long planes, int words, int planeCount, int count, long sums) {
        try {
            BITS.invokeExact(probe, planes, words, planeCount, count, sums);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    private static IllegalStateException broken(Throwable e) {
        return new IllegalStateException("a native call failed", e);
    }

    /** The functions touch neither the heap nor a lock and take microseconds: they need no thread transition. */
    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LIBRARY.findOrThrow(name), descriptor, Linker.Option.critical(false));
    }

    /** Where the build puts the library: one for each operating system and processor. */
    private static String resource() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return "/native/" + system + "-" + processor + "/libvectorhub-kernel.so";
    }

    private static SymbolLookup load() {
        try (InputStream packed = NativeCode.class.getResourceAsStream(resource())) {
            if (packed == null) {
                throw new UnsatisfiedLinkError("no library is packed for this system (" + resource() + ")");
            }
            Path directory = Files.createTempDirectory("vectorhub-kernel");
            Path library = directory.resolve("kernel.so");
            try {
                Files.copy(packed, library);
                return SymbolLookup.libraryLookup(library, Arena.global());
            } catch (IllegalArgumentException e) {
                throw (Error) new UnsatisfiedLinkError("the library does not load: " + e.getMessage()).initCause(e);
            } finally {
                Files.deleteIfExists(library);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the library cannot be copied to the temporary directory", e);
        }
    }
}
