package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Has a thread take the processor after those that somebody waits for. Java's own priorities do nothing on Linux, where each
 * thread has a niceness.
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
            } catch (LinkageError | IllegalCallerException e) {
                // then it competes as others do
            } catch (Throwable e) {
                throw new IllegalStateException("setpriority failed", e);
            }
        }
    }
}
