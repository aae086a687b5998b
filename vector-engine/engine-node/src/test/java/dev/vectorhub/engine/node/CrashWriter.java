package dev.vectorhub.engine.node;

import dev.vectorhub.engine.wire.EngineSettings;
import dev.vectorhub.engine.wire.v1.AddVector;
import dev.vectorhub.engine.wire.v1.BackupRequest;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.CreateCollection;
import dev.vectorhub.engine.wire.v1.CreateFieldIndex;
import dev.vectorhub.engine.wire.v1.DeleteFieldIndex;
import dev.vectorhub.engine.wire.v1.Distance;
import dev.vectorhub.engine.wire.v1.FieldType;
import dev.vectorhub.engine.wire.v1.IsolationMode;
import dev.vectorhub.engine.wire.v1.PayloadSelector;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.RemoveVector;
import dev.vectorhub.engine.wire.v1.ScrollRequest;
import dev.vectorhub.engine.wire.v1.TenantStatsRequest;
import dev.vectorhub.engine.wire.v1.VectorParams;
import dev.vectorhub.engine.wire.v1.VectorSelector;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * The process that is killed: {@code CrashWriter DIR ROUND WRITE|CHECK}. Prints every point it finds ({@code P}), then
 * {@code READY}, then a line ({@code A writer step}) for each command that was acknowledged.
 */
final class CrashWriter {
    private static final int CHECKPOINT_MILLIS = 70;
    private static final PrintStream OUT = new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);

    private CrashWriter() {}

    public static void main(String[] args) {
        orDie(() -> run(args));
    }

    private static void run(String[] args) throws Exception {
        int round = Integer.parseInt(args[1]);
        // Small segments, so that checkpoints purge some.
        var tuning = new NodeTuning(1 << 20, 1 << 19, 8, 4 << 20, 1000, 8 << 20, 2 << 20, 1 << 20, 1000, 0);
        var engine = EmbeddedEngine.open(EngineSettings.defaults("n1", Path.of(args[0])), tuning);
        // another isolation in each life: kills meet collections on their way
        IsolationMode isolation = args[2].equals("CHECK") ? IsolationMode.STORAGE : IsolationMode.forNumber(round % 3);
        check(engine.submit(CrashLoad.WIRE.place(round, isolation)));
        if (round == 1) {
            check(engine.submit(create()));
        }
        dump(engine);
        print("READY");
        if (args[2].equals("CHECK")) {
            awaitMoved(engine);
            engine.close();
            return;
        }
        for (int writer = 0; writer < CrashLoad.WRITERS; writer++) {
            int number = writer;
            Thread.ofPlatform().start(() -> orDie(() -> write(engine, new CrashLoad(round, number), number)));
        }
        Thread.ofPlatform().start(() -> orDie(() -> reshape(engine)));
        while (true) {
            Thread.sleep(CHECKPOINT_MILLIS);
            engine.checkpoint();
        }
    }

    private static Command create() {
        return CrashLoad.WIRE
                .command()
                .setCreateCollection(CreateCollection.newBuilder().setSpec(CrashLoad.spec(CrashLoad.WIRE.size())))
                .build();
    }

    /** What changes the collection and none of its points, again and again: indexes, other vectors, and backups of it all. */
    private static void reshape(EmbeddedEngine engine) throws Exception {
        var vector = VectorParams.newBuilder().setName("late").setSize(4).setDistance(Distance.DOT);
        var backup =
                BackupRequest.newBuilder().setTenant(CrashLoad.WIRE.tenant()).build();
        while (true) {
            check(engine.submit(CrashLoad.WIRE
                    .command()
                    .setCreateFieldIndex(
                            CreateFieldIndex.newBuilder().setKey("version").setType(FieldType.INTEGER))
                    .build()));
            // a kill may have left it
            check(engine.submit(CrashLoad.WIRE
                    .command()
                    .setRemoveVector(RemoveVector.newBuilder().setName("late"))
                    .build()));
            check(engine.submit(CrashLoad.WIRE
                    .command()
                    .setAddVector(AddVector.newBuilder().setVector(vector))
                    .build()));
            engine.backup(backup, OutputStream.nullOutputStream());
            check(engine.submit(CrashLoad.WIRE
                    .command()
                    .setDeleteFieldIndex(DeleteFieldIndex.newBuilder().setKey("version"))
                    .build()));
        }
    }

    private static void awaitMoved(EmbeddedEngine engine) throws Exception {
        var request = TenantStatsRequest.newBuilder()
                .setTenant(CrashLoad.WIRE.tenant())
                .build();
        while (engine.tenantStats(request).getTenants(0).getCollectionsToMove() > 0) {
            engine.checkpoint();
            Thread.sleep(CHECKPOINT_MILLIS);
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    @SuppressWarnings("CatchingUnchecked") // anything unexpected has to reach the checking process
    private static void orDie(Work work) {
        try {
            work.run();
        } catch (Exception e) {
            print("E " + e);
            Runtime.getRuntime().halt(1);
        }
    }

    private static void write(EmbeddedEngine engine, CrashLoad load, int writer) throws Exception {
        Deque<CompletableFuture<CommandResult>> flying = new ArrayDeque<>();
        for (int acknowledged = 0; ; ) {
            Command command = load.next().command();
            flying.add(engine.submit(command));
            if (flying.size() == CrashLoad.WINDOW) {
                check(flying.remove());
                print("A " + writer + " " + ++acknowledged);
            }
        }
    }

    private static void dump(EmbeddedEngine engine) {
        var all = engine.scroll(ScrollRequest.newBuilder()
                .setCollection(CrashLoad.WIRE.ref())
                .setLimit(CrashLoad.WRITERS * CrashLoad.IDS_PER_WRITER)
                .setWithPayload(PayloadSelector.newBuilder().setEnabled(true))
                .setWithVector(VectorSelector.newBuilder().setEnabled(true))
                .build());
        for (Point point : all.getPointsList()) {
            print(CrashLoad.Held.print(
                    point.getId().getNum(), point, point.getPayload().toStringUtf8()));
        }
    }

    private static void check(CompletableFuture<CommandResult> future) throws Exception {
        CommandResult result = future.get();
        if (result.hasRejection()) {
            throw new IllegalStateException(result.toString().replace('\n', ' '));
        }
    }

    private static synchronized void print(String line) {
        OUT.println(line);
        OUT.flush();
    }
}
