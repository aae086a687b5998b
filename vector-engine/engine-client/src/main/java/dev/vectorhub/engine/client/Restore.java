package dev.vectorhub.engine.client;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.wire.BackupReader;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.BackupCollection;
import dev.vectorhub.engine.wire.v1.BackupHeader;
import dev.vectorhub.engine.wire.v1.BackupPoints;
import dev.vectorhub.engine.wire.v1.Ceilings;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandResult;
import dev.vectorhub.engine.wire.v1.FieldIndexInfo;
import dev.vectorhub.engine.wire.v1.IsolationMode;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a backup's collections anew, under other ids, by ordinary commands: so it is logged, replicated and bound by the
 * tenant's ceilings like any other write. What fails half-way is dropped again.
 */
final class Restore implements BackupReader.Visitor {
    private static final int IN_FLIGHT_MAX = 4;
    private static final int BUFFER_BYTES = 1 << 16;
    /** An engine under pressure refuses writes for a while. */
    private static final int TRIES_MAX = 60;

    private static final long RETRY_MILLIS = 500;

    private final EngineClient client;
    private final ByteString tenant;
    private final Map<ByteString, ByteString> ids;
    private final Ceilings ceilings;
    private final LongConsumer written;
    private long points;
    private final List<ByteString> made = new ArrayList<>();
    private final Deque<Flying> flying = new ArrayDeque<>();
    private @Nullable ByteString current;

    private record Flying(Command command, CompletableFuture<CommandResult> result) {}

    private Restore(
            EngineClient client,
            ByteString tenant,
            Map<ByteString, ByteString> ids,
            Ceilings ceilings,
            LongConsumer written) {
        this.client = client;
        this.tenant = tenant;
        this.ids = ids;
        this.ceilings = ceilings;
        this.written = written;
    }

    static BackupReader.Summary run(
            EngineClient client,
            Path file,
            ByteString tenant,
            Map<ByteString, ByteString> ids,
            Ceilings ceilings,
            LongConsumer written)
            throws IOException {
        // all of it is read before anything is written
        BackupReader.verify(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            return run(client, file.toString(), in, tenant, ids, ceilings, written);
        }
    }

    static BackupReader.Summary run(
            EngineClient client,
            String name,
            InputStream in,
            ByteString tenant,
            Map<ByteString, ByteString> ids,
            Ceilings ceilings,
            LongConsumer written)
            throws IOException {
        Restore restore = new Restore(client, tenant, ids, ceilings, written);
        boolean done = false;
        try {
            BackupReader.Summary summary = BackupReader.read(name, in, restore);
            restore.land(0);
            done = true;
            return summary;
        } finally {
            if (!done) {
                restore.dropMade();
            }
        }
    }

    @Override
    public void header(BackupHeader header) {}

    @Override
    public void collection(BackupCollection collection) {
        current = ids.get(collection.getCollection());
        ByteString target = current;
        if (target == null) {
            return;
        }
        CollectionSpec.Builder spec = collection.getSpec().toBuilder();
        if (spec.getIsolation() == IsolationMode.STORAGE) {
            // the mode of its new tenant decides
            spec.setIsolation(IsolationMode.NONE);
        }
        Command.Builder create = command(target);
        create.getCreateCollectionBuilder().setSpec(spec);
        made.add(target);
        send(create.build());
        // a creation that has to be tried again must not come after its points
        land(0);
        for (FieldIndexInfo field : collection.getFieldsList()) {
            Command.Builder index = command(target);
            index.getCreateFieldIndexBuilder()
                    .setKey(field.getKey())
                    .setType(field.getType())
                    .setParams(field.getParams());
            send(index.build());
        }
    }

    @Override
    public void points(BackupPoints batch) {
        ByteString target = current;
        if (target != null) {
            Command.Builder upsert = command(target).setCeilings(ceilings);
            upsert.getUpsertBuilder().addAllPoints(batch.getPointsList());
            send(upsert.build());
            points += batch.getPointsCount();
            written.accept(points);
        }
    }

    private Command.Builder command(ByteString collection) {
        return Command.newBuilder().setTenant(tenant).setCollection(collection);
    }

    private void send(Command command) {
        land(IN_FLIGHT_MAX - 1);
        flying.add(new Flying(command, client.submit(command)));
    }

    /** Waits until no more than so many commands are under way. */
    private void land(int leave) {
        while (flying.size() > leave) {
            Flying oldest = flying.remove();
            CommandResult result = await(oldest);
            if (result.hasRejection()) {
                throw new EngineException(result.getRejection());
            }
        }
    }

    private CommandResult await(Flying one) {
        CompletableFuture<CommandResult> future = one.result();
        for (int tries = 1; ; tries++) {
            try {
                return future.join();
            } catch (CompletionException e) {
                boolean busy =
                        e.getCause() instanceof EngineException refused && refused.code() == RejectionCode.UNAVAILABLE;
                if (!busy || tries == TRIES_MAX) {
                    throw e.getCause() instanceof EngineException refused ? refused : e;
                }
                pause();
                // commands of a restore may run twice and in another order: each makes its points what the backup says
                future = client.submit(one.command());
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(RejectionCode.UNAVAILABLE, "the restore was interrupted");
        }
    }

    private void dropMade() {
        for (Flying one : flying) {
            one.result().handle((result, failure) -> true).join();
        }
        for (ByteString collection : made) {
            Command.Builder drop = command(collection);
            drop.getDropCollectionBuilder();
            client.submit(drop.build()).handle((result, failure) -> true).join();
        }
    }
}
