package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Has a thread take the processor after those that somebody waits for. Java's own priorities do nothing on Linux, where each
 * thread has a niceness and, since 6.12, a length of the turns that it asks for: who wakes up and asks for a shorter one takes
 * the processor at once.
 */
public final class Background {
    /** A third of the time of a thread that it competes with: what it does must not lag behind for ever. */
    private static final int NICENESS = 5;

    private static final int PRIO_PROCESS = 0;
    private static final int THIS_THREAD = 0;

    private Background() {}

    private static final class Linux {
        static final MethodHandle SETPRIORITY = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("setpriority"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT));
    }

    /** The system call that the C library has no name for in older releases. */
    private static final class Turns {
        /** As long as Linux lets turns be. */
        private static final long NANOS = 100_000_000;

        /** Does not take the processor from another by waking up. */
        private static final int SCHED_BATCH = 3;

        private static final int ATTRIBUTES_BYTES = 48;
        private static final int POLICY_AT = 4;
        private static final int NICENESS_AT = 16;
        private static final int RUNTIME_AT = 24;

        private static final MethodHandle SYSCALL = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG),
                        Linker.Option.firstVariadicArg(1));

        /** Of sched_setattr; 0 where it is not known. */
        private static long number() {
            return switch (System.getProperty("os.arch")) {
                case "amd64" -> 314;
                case "aarch64" -> 274;
                default -> 0;
            };
        }

        static void lengthen() throws Throwable {
            long number = number();
            if (number == 0) {
                return;
            }
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
                attributes.set(ValueLayout.JAVA_INT, 0, ATTRIBUTES_BYTES);
                attributes.set(ValueLayout.JAVA_INT, POLICY_AT, SCHED_BATCH);
                attributes.set(ValueLayout.JAVA_INT, NICENESS_AT, NICENESS);
                attributes.set(ValueLayout.JAVA_LONG, RUNTIME_AT, NANOS);
                // a kernel that does not know them leaves them out or refuses; the niceness stands
                long _ = (long) SYSCALL.invokeExact(number, (long) THIS_THREAD, attributes, 0L);
            }
        }
    }

    /** Runs the task behind others; for threads that do nothing else. */
    public static Runnable of(Runnable task) {
        return () -> {
            lower();
            task.run();
        };
    }

    private static void lower() {
        if (System.getProperty("os.name").equals("Linux")) {
            try {
                int _ = (int) Linux.SETPRIORITY.invokeExact(PRIO_PROCESS, THIS_THREAD, NICENESS);
                Turns.lengthen();
            } catch (LinkageError | IllegalCallerException e) {
                // then it competes as others do
            } catch (Throwable e) {
                throw new IllegalStateException("a thread's priority could not be lowered", e);
            }
        }
    }
}
