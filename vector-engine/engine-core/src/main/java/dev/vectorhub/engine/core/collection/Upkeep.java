package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.kernel.Background;
import dev.vectorhub.engine.core.segment.GraphBlob;
import dev.vectorhub.engine.core.storage.CollectionRecord;
import dev.vectorhub.engine.core.storage.CollectionRecord.PartRecord;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Work in the background, on a bounded number of threads, one at a time for each collection: stores full parts, merges, builds
 * graphs and indexes of payload fields. Nothing of it changes an answer but its speed; what it writes counts from the next checkpoint on.
 */
public final class Upkeep implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());
    private static final long CLOSE_SECONDS_MAX = 60;
    private static final int FULL_PARTS_MAX = 3;

    private final ExecutorService workers;
    private final Set<LiveCollection> scheduled = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public Upkeep(int threads) {
        ThreadFactory named =
                Thread.ofPlatform().daemon().name("engine-upkeep-", 0).factory();
        workers = Executors.newFixedThreadPool(threads, task -> named.newThread(Background.of(task)));
    }

    /** Has the collection looked after if there is something to do. Cheap; maps no file. */
    public void look(LiveCollection collection) {
        View view = collection.peek();
        if (!closed && view != null && view.tryRetain()) {
            try {
                if (hasWork(collection, view)) {
                    schedule(collection);
                }
            } finally {
                view.release();
            }
        }
    }

    /** Like {@link #look}, also if the collection has to be mapped for it. */
    public void schedule(LiveCollection collection) {
        if (!closed && scheduled.add(collection)) {
            try {
                workers.execute(() -> run(collection));
            } catch (RejectedExecutionException e) {
                scheduled.remove(collection);
            }
        }
    }

    private static boolean hasWork(LiveCollection collection, View view) {
        if (!RewritePolicy.upkeep(collection, view).isEmpty()) {
            return true;
        }
        for (LivePart part : view.parts()) {
            if (GraphPolicy.missing(collection, part) >= 0 || FieldIndexing.isMissing(collection, part)) {
                return true;
            }
        }
        return false;
    }

    private void run(LiveCollection collection) {
        boolean sound = collection.tryClaim();
        boolean claimed = sound;
        try {
            while (claimed && !closed && !collection.isDropped() && step(collection)) {
                // one step at a time, each on a fresh view
            }
        } catch (RetiredException e) {
            // let go as idle: whoever finds it anew has it looked after
            sound = false;
        } catch (StoreException | IOException e) {
            sound = false;
            if (!closed && !collection.isDropped()) {
                LOG.log(Level.WARNING, "Upkeep of collection " + collection.id() + " failed, to be tried again", e);
            }
        } finally {
            if (claimed) {
                collection.unclaim();
            }
            scheduled.remove(collection);
        }
        if (sound && !collection.isDropped()) {
            look(collection);
        }
    }

    private boolean step(LiveCollection collection) throws IOException {
        View view = collection.acquire();
        try {
            List<LivePart> inputs = RewritePolicy.upkeep(collection, view);
            if (!inputs.isEmpty()) {
                collection.setMerging(inputs);
                try {
                    return Merge.run(collection, view, inputs, () -> isUnwanted(collection));
                } finally {
                    collection.setMerging(List.of());
                }
            }
            for (LivePart part : view.parts()) {
                if (FieldIndexing.isMissing(collection, part)) {
                    return FieldIndexing.build(collection, part, () -> isUnwanted(collection));
                }
            }
            for (LivePart part : view.parts()) {
                int vector = GraphPolicy.missing(collection, part);
                if (vector >= 0) {
                    return build(collection, part, vector);
                }
            }
            return false;
        } finally {
            view.release();
        }
    }

    /**
     * Bounds memory: with more than {@link #FULL_PARTS_MAX} full parts waiting to be stored, which happens while a graph is being
     * built, the calling thread stores one itself.
     */
    public void bound(LiveCollection collection) {
        View view = collection.peek();
        if (view == null || !view.tryRetain()) {
            return;
        }
        try {
            List<LivePart> full = RewritePolicy.full(collection, view);
            if (full.size() > FULL_PARTS_MAX && !collection.isMoving()) {
                Merge.run(collection, view, List.of(full.getFirst()), () -> false);
            }
        } catch (StoreException | IOException e) {
            LOG.log(Level.WARNING, "A part of collection " + collection.id() + " could not be stored yet", e);
        } finally {
            view.release();
        }
    }

    private boolean build(LiveCollection collection, LivePart part, int vector) throws IOException {
        VectorConfig config = collection.config().vectors().get(vector);
        OwnFile file = OwnFile.graph(collection);
        try (file) {
            GraphBlob graph = GraphBuilding.build(
                    file, collection, part.part(), vector, config, null, () -> isUnwanted(collection));
            if (graph == null) {
                return false;
            }
            install(collection, part, graph);
            return true;
        }
    }

    /** Whether what is made for the collection is of no use any more. */
    private boolean isUnwanted(LiveCollection collection) {
        return closed || collection.isDropped();
    }

    private static void install(LiveCollection collection, LivePart built, GraphBlob graph) {
        try {
            collection.change(
                    built,
                    part -> collection.config().vectors().get(graph.vector()).isRemoved()
                            ? part
                            : part.withGraph(graph));
        } finally {
            graph.file().release();
        }
    }

    /** Whether the record has parts that should have a graph, or an index of payload fields, and have none. */
    static boolean lacksIndexes(LiveCollection collection, CollectionRecord record) {
        int vectors = record.config().vectors().size();
        for (PartRecord part : record.parts()) {
            long alive = part.size() - part.dead().getLongCardinality();
            if (!record.fields().isEmpty() && alive >= FieldIndexing.smallest(collection) && part.fields() == null) {
                return true;
            }
            int wanted = 0;
            for (int v = 0; v < vectors; v++) {
                wanted += alive >= GraphPolicy.smallest(collection, v, record.points()) ? 1 : 0;
            }
            if (part.graphs().size() < wanted) {
                return true;
            }
        }
        return false;
    }

    /** Points that wait for a graph. */
    public static long backlog(LiveCollection collection) {
        View view = collection.peek();
        if (view == null || view.alive() == 0 || !view.tryRetain()) {
            return 0;
        }
        try {
            long points = 0;
            for (LivePart part : view.parts()) {
                points += GraphPolicy.backlog(collection, part);
            }
            return points;
        } finally {
            view.release();
        }
    }

    /** Whether points of it are in memory alone. */
    public static boolean isInMemory(LiveCollection collection) {
        View view = collection.peek();
        if (view == null || !view.tryRetain()) {
            return false;
        }
        try {
            return view.parts().stream().anyMatch(part -> part.blob() == null && part.alive() > 0);
        } finally {
            view.release();
        }
    }

    /** Whether any work is scheduled or under way. */
    public boolean isBusy() {
        return !scheduled.isEmpty();
    }

    @Override
    public void close() {
        closed = true;
        workers.shutdown();
        try {
            if (!workers.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "Upkeep did not end within " + CLOSE_SECONDS_MAX + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
