package dev.vectorhub.engine.core.storage;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file opened to be read at any place, by any thread, from Linux only. A channel does the same, but closes itself under all its
 * readers when one of them is interrupted, and takes a lock for each read.
 */
final class Descriptor implements AutoCloseable {
    private static final int O_RDONLY_NOFOLLOW_CLOEXEC = 0x20000 | 0x80000;
    private static final int MADV_DONTNEED = 4;

    private final int number;

    private Descriptor(int number) {
        this.number = number;
    }

    private static final class Linux {
        private static final Linker LINKER = Linker.nativeLinker();
        static final MethodHandle OPEN = handle(
                "open",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        static final MethodHandle PREAD = handle(
                "pread",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG));
        static final MethodHandle CLOSE =
                handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        static final MethodHandle MADVISE = handle(
                "madvise",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));

        private static MethodHandle handle(String name, FunctionDescriptor descriptor, Linker.Option... options) {
            return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
        }
    }

    private static boolean isLinux() {
        return System.getProperty("os.name").equals("Linux");
    }

    /** Null where that cannot be: on another system, without native access, with no descriptor left. */
    static @Nullable Descriptor open(Path path) {
        if (!isLinux()) {
            return null;
        }
        try (Arena arena = Arena.ofConfined()) {
            int number = (int)
                    Linux.OPEN.invokeExact(arena.allocateFrom(path.toString()).address(), O_RDONLY_NOFOLLOW_CLOEXEC);
            return number < 0 ? null : new Descriptor(number);
        } catch (LinkageError | IllegalCallerException e) {
            return null;
        } catch (Throwable e) {
            throw new IllegalStateException("open failed", e);
        }
    }

    /** Whether all {@code length} bytes came. */
    boolean read(long offset, MemorySegment into, long length) {
        try {
            return (long) Linux.PREAD.invokeExact(number, into.address(), length, offset) == length;
        } catch (Throwable e) {
            throw new IllegalStateException("pread failed", e);
        }
    }

    @Override
    public void close() {
        try {
            int _ = (int) Linux.CLOSE.invokeExact(number);
        } catch (Throwable e) {
            throw new IllegalStateException("close failed", e);
        }
    }

    /** Takes the whole pages of a file's mapping out of the process until they are touched again. */
    static void unload(MemorySegment mapped) {
        long page = 4096;
        long first = (mapped.address() + page - 1) & -page;
        long bytes = (mapped.address() + mapped.byteSize() & -page) - first;
        if (bytes > 0 && isLinux()) {
            try {
                int _ = (int) Linux.MADVISE.invokeExact(first, bytes, MADV_DONTNEED);
            } catch (LinkageError | IllegalCallerException e) {
                // then they go when memory is short
            } catch (Throwable e) {
                throw new IllegalStateException("madvise failed", e);
            }
        }
    }
}
