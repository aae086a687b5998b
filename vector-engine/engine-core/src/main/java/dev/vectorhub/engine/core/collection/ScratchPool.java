package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.graph.SearchScratch;
import dev.vectorhub.engine.core.kernel.Kernel;
import java.util.concurrent.ArrayBlockingQueue;

/** Scratches for as many searches as can run at once; more are made and thrown away. */
public final class ScratchPool {
    private final Kernel kernel;
    private final ArrayBlockingQueue<SearchScratch> idle =
            new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

    private final ArrayBlockingQueue<SparseScratch> idleSparse =
            new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

    public ScratchPool(Kernel kernel) {
        this.kernel = kernel;
    }

    SearchScratch take() {
        SearchScratch scratch = idle.poll();
        return scratch == null ? new SearchScratch(kernel) : scratch;
    }

    void giveBack(SearchScratch scratch) {
        idle.offer(scratch);
    }

    SparseScratch takeSparse() {
        SparseScratch scratch = idleSparse.poll();
        return scratch == null ? new SparseScratch() : scratch;
    }

    /** One that a search broke off with is thrown away. */
    void giveBack(SparseScratch scratch) {
        if (scratch.isClear()) {
            idleSparse.offer(scratch);
        }
    }
}
