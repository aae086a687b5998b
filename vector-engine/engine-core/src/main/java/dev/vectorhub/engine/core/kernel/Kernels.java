package dev.vectorhub.engine.core.kernel;

import java.lang.System.Logger.Level;

/** The kernel of this process, chosen when it is first asked for. */
public final class Kernels {
    private static final System.Logger LOG = System.getLogger(Kernels.class.getName());

    private Kernels() {}

    private static final class Chosen {
        static final Kernel KERNEL =
                choose(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    }

    public static Kernel best() {
        return Chosen.KERNEL;
    }

    /** Names {@link VectorKernel} on the one branch that may load it. */
    static Kernel choose(boolean vectorModule) {
        if (vectorModule) {
            return new VectorKernel();
        }
        LOG.log(
                Level.WARNING,
                "Searches run on the scalar kernel, several times slower: start Java with --add-modules=jdk.incubator.vector");
        return new ScalarKernel();
    }
}
