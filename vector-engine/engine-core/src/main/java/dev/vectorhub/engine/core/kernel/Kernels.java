package dev.vectorhub.engine.core.kernel;

import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;

/**
 * The kernel of this process, chosen when it is first asked for and logged: the native one where its library is packed and the
 * processor has AVX-512 VNNI, else the Vector API's, else the scalar one. The system property {@value #PROPERTY} ({@code native},
 * {@code vector} or {@code scalar}) names the best that may be taken.
 */
public final class Kernels {
    public static final String PROPERTY = "vectorhub.kernel";
    private static final System.Logger LOG = System.getLogger(Kernels.class.getName());

    private Kernels() {}

    private static final class Chosen {
        static final Kernel KERNEL = choose(
                System.getProperty(PROPERTY, "native"),
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());

        static {
            LOG.log(Level.INFO, "Distances are computed by kernel " + KERNEL.name());
        }
    }

    public static Kernel best() {
        return Chosen.KERNEL;
    }

    /** Names {@link VectorKernel} on the one branch that may load it. */
    static Kernel choose(String limit, boolean vectorModule) {
        if (limit.equals("scalar")) {
            return new ScalarKernel();
        }
        Kernel floats;
        if (vectorModule && VectorKernel.hasShapes()) {
            floats = new VectorKernel();
        } else if (vectorModule) {
            floats = new ScalarKernel();
            LOG.log(
                    Level.WARNING,
                    "Searches run on the scalar kernel, several times slower: this processor has no vectors");
        } else {
            floats = new ScalarKernel();
            LOG.log(
                    Level.WARNING,
                    "Searches run on the scalar kernel, several times slower: start Java with --add-modules=jdk.incubator.vector");
        }
        return limit.equals("vector") ? floats : withNative(floats);
    }

    private static Kernel withNative(Kernel floats) {
        try {
            if (NativeCode.supported()) {
                return new NativeKernel(floats);
            }
            LOG.log(Level.INFO, "The native kernel is not used: this processor has no AVX-512 VNNI");
        } catch (LinkageError | UncheckedIOException | IllegalCallerException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.log(Level.INFO, "The native kernel is not used: " + cause.getMessage());
        }
        return floats;
    }
}
