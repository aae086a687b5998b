package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.StoreSettings;
import dev.vectorhub.engine.core.kernel.Kernel;
import dev.vectorhub.engine.core.storage.Layout;
import dev.vectorhub.engine.core.storage.MappedFiles;
import dev.vectorhub.engine.core.storage.Slabs;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * What all collections of a store share.
 *
 * @param changed collections whose state is not that of their durable record
 * @param residency bounds what is open
 * @param closer lets memory go, one piece after another
 */
public record Surroundings(
        StoreSettings settings,
        Layout layout,
        Slabs slabs,
        MappedFiles files,
        Kernel kernel,
        ScratchPool scratches,
        Set<LiveCollection> changed,
        Residency residency,
        Executor closer) {}
