package dev.vectorhub.engine.core;

import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The process that {@link EngineStoreCrashTest} kills: applies the script that the seed gives, from where the directory stands,
 * and takes one checkpoint after another behind it. Prints the last applied index now and then.
 */
final class CrashChild {
    private CrashChild() {}

    /** The command at an index, the same in every process. */
    static Op op(long seed, long index, boolean drops) {
        if (index <= 9) {
            int t = (int) ((index - 1) / 3);
            return (index - 1) % 3 == 0
                    ? new Op.Place(RandomOps.tenant(t), 1, new UUID(3, t), RandomOps.mode(t))
                    : new Op.Create(
                            RandomOps.tenant(t),
                            RandomOps.collection(t, (int) ((index - 1) % 3) - 1),
                            RandomOps.config(t, (int) ((index - 1) % 3) - 1));
        }
        Random random = new Random(seed * 1_000_003 + index);
        Op op = RandomOps.op(random);
        while (op instanceof Op.Checkpoint || op instanceof Op.Reopen || (!drops && op instanceof Op.DropTenant)) {
            op = RandomOps.op(random);
        }
        return op;
    }

    static void apply(EngineStore store, long index, Op op) {
        try {
            StoreScript.apply(store, index, op);
        } catch (StoreException e) {
            if (e.code() == StoreException.Code.UNAVAILABLE || e.code() == StoreException.Code.INTERNAL) {
                throw e;
            }
        }
    }

    public static void main(String[] args) throws Exception {
        long seed = Long.parseLong(args[1]);
        boolean drops = Boolean.parseBoolean(args[2]);
        EngineStore store = EngineStore.open(Path.of(args[0]), EngineStorePropertyTest.small());
        ExecutorService writer = Executors.newSingleThreadExecutor();
        Random pace = new Random();
        Future<Long> checkpoint = null;
        for (long index = store.durableIndex() + 1; ; index++) {
            apply(store, index, op(seed, index, drops));
            if (checkpoint != null && checkpoint.isDone()) {
                checkpoint.get();
                checkpoint = null;
            }
            if (checkpoint == null && pace.nextInt(20) == 0) {
                EngineStore.PendingCheckpoint pending = store.beginCheckpoint(index);
                checkpoint = writer.submit(pending::complete);
            }
            if (index % 10 == 0) {
                System.out.println(index);
            }
        }
    }
}
