package dev.vectorhub.engine.core.kernel;

import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Memory in pages of 2 MiB, where random rows cost fewer translation misses; from Linux only, elsewhere in ordinary pages. It
 * has to come from {@code mmap} itself: an arena zeroes what it allocates, which brings the small pages in before the kernel
 * learns that large ones are wanted.
 */
public final class HugePages {
    private static final System.Logger LOG = System.getLogger(HugePages.class.getName());
    private static final long HUGE_BYTES = 2L << 20;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final int MADV_HUGEPAGE = 14;

    private HugePages() {}

    private static final class Linux {
        private static final Linker LINKER = Linker.nativeLinker();
        static final MethodHandle MMAP = handle(
                "mmap",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG));
        static final MethodHandle MUNMAP = handle(
                "munmap", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        static final MethodHandle MADVISE = handle(
                "madvise",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));

        private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
            return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor);
        }
    }

    /** Zeroed, at a multiple of the cache line. */
    public static MemorySegment allocate(long bytes, Arena arena) {
        if (bytes >= HUGE_BYTES && System.getProperty("os.name").equals("Linux")) {
            try {
                MemorySegment mapped = map(bytes, arena);
                if (mapped != null) {
                    return mapped;
                }
            } catch (LinkageError | IllegalCallerException e) {
                LOG.log(Level.DEBUG, "No huge pages", e);
            }
        }
        return arena.allocate(bytes, CodeRows.LINE_BYTES);
    }

    /** Null if the system has no such memory. */
    private static @Nullable MemorySegment map(long bytes, Arena arena) {
        // room to begin at a multiple of the large page
        long mapped = bytes + HUGE_BYTES;
        try {
            long address = (long) Linux.MMAP.invokeExact(0L, mapped, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L);
            if (address == -1) {
                return null;
            }
            long first = (address + HUGE_BYTES - 1) & -HUGE_BYTES;
            int advised = (int) Linux.MADVISE.invokeExact(first, bytes, MADV_HUGEPAGE);
            LOG.log(Level.DEBUG, "Mapped {0} bytes, advised: {1}", bytes, advised == 0);
            return MemorySegment.ofAddress(first).reinterpret(bytes, arena, gone -> unmap(address, mapped));
        } catch (LinkageError | IllegalCallerException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("mmap failed", e);
        }
    }

    private static void unmap(long address, long bytes) {
        try {
            int result = (int) Linux.MUNMAP.invokeExact(address, bytes);
            if (result != 0) {
                LOG.log(Level.WARNING, "munmap of " + bytes + " bytes failed");
            }
        } catch (Throwable e) {
            throw new IllegalStateException("munmap failed", e);
        }
    }
}
