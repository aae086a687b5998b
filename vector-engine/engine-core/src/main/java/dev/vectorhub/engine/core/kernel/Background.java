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

    /** As long as Linux lets turns be. */
    private static final long TURN_NANOS = 100_000_000;

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
                lengthen();
            } catch (LinkageError | IllegalCallerException e) {
                // then it competes as others do
            } catch (Throwable e) {
                throw new IllegalStateException("a thread's priority could not be lowered", e);
            }
        }
    }

    private static void lengthen() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = SchedulingAttributes.allocate(arena);
            SchedulingAttributes.set(attributes, SchedulingAttributes.BATCH, NICENESS, TURN_NANOS);
        }
    }
}
