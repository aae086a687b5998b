package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Linux's {@code struct sched_attr} of the calling thread (sched(7)), by system calls that older C libraries have no names for.
 * On other systems there are none.
 */
final class SchedulingAttributes {
    /** Does not take the processor from another by waking up. */
    static final int BATCH = 3;

    private static final long THIS_THREAD = 0;
    private static final long BYTES = 48;
    private static final long POLICY_AT = 4;
    private static final long NICENESS_AT = 16;
    private static final long TURN_AT = 24;

    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");
    private static final boolean KNOWN = System.getProperty("os.name").equals("Linux")
            && (ARM || System.getProperty("os.arch").equals("amd64"));
    private static final long SET_NUMBER = ARM ? 274 : 314;
    private static final long GET_NUMBER = ARM ? 275 : 315;

    private SchedulingAttributes() {}

    private static final class Linux {
        static final MethodHandle SET = syscall(FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG));
        static final MethodHandle GET = syscall(FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG));

        private static MethodHandle syscall(FunctionDescriptor arguments) {
            return Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
                            arguments,
                            Linker.Option.firstVariadicArg(1));
        }
    }

    /** With nothing in it yet. */
    static MemorySegment allocate(Arena arena) {
        MemorySegment attributes = arena.allocate(BYTES, Long.BYTES);
        attributes.set(ValueLayout.JAVA_INT, 0, (int) BYTES);
        return attributes;
    }

    /**
     * Fills in the thread's.
     *
     * @return false where there are none
     */
    static boolean get(MemorySegment attributes) {
        if (!KNOWN) {
            return false;
        }
        try {
            return (long) Linux.GET.invokeExact(GET_NUMBER, THIS_THREAD, attributes, BYTES, 0L) == 0;
        } catch (LinkageError | IllegalCallerException e) {
            return false;
        } catch (Throwable e) {
            throw new IllegalStateException("a thread's scheduling attributes could not be read", e);
        }
    }

    /** Sets policy, niceness and length of turns. */
    static void set(MemorySegment attributes, int policy, int niceness, long turnNanos) {
        attributes.set(ValueLayout.JAVA_INT, POLICY_AT, policy);
        attributes.set(ValueLayout.JAVA_INT, NICENESS_AT, niceness);
        setTurn(attributes, turnNanos);
    }

    static void setTurn(MemorySegment attributes, long nanos) {
        if (KNOWN) {
            attributes.set(ValueLayout.JAVA_LONG, TURN_AT, nanos);
            try {
                // a kernel that does not know lengths of turns leaves them out or refuses: then it competes as others
                // do
                long _ = (long) Linux.SET.invokeExact(SET_NUMBER, THIS_THREAD, attributes, 0L);
            } catch (LinkageError | IllegalCallerException e) {
                // the same
            } catch (Throwable e) {
                throw new IllegalStateException("a thread's scheduling attributes could not be set", e);
            }
        }
    }

    static long turnNanos(MemorySegment attributes) {
        return attributes.get(ValueLayout.JAVA_LONG, TURN_AT);
    }
}
