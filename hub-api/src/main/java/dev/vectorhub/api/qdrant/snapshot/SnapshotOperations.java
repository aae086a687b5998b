package dev.vectorhub.api.qdrant.snapshot;

import dev.vectorhub.api.pipeline.EngineProblems;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.snapshot.Snapshot;
import dev.vectorhub.snapshot.SnapshotService;
import dev.vectorhub.snapshot.SnapshotUpload;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Snapshots of the tenant's own collections; the same for every transport. */
@Singleton
public class SnapshotOperations {

    private static final Logger LOG = Logger.getLogger(SnapshotOperations.class);

    private final SnapshotService snapshots;

    @Inject
    SnapshotOperations(SnapshotService snapshots) {
        this.snapshots = snapshots;
    }

    /**
     * Makes a snapshot.
     *
     * @return fails with what a caller is told
     */
    public CompletableFuture<Snapshot> create(TenantCall call, String collection) {
        try {
            return told(call, "snapshot of " + collection, snapshots.create(call.scope(), collection));
        } catch (ProblemException problem) {
            throw missing(problem, collection);
        }
    }

    public List<Snapshot> list(TenantCall call, String collection) {
        try {
            return snapshots.list(call.scope(), collection);
        } catch (ProblemException problem) {
            throw missing(problem, collection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Removes a snapshot.
     *
     * @throws TenantApiException 404
     */
    public void delete(TenantCall call, String collection, String name) {
        try {
            if (!snapshots.delete(call.scope(), collection, name)) {
                throw noSnapshot(name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The file to send.
     *
     * @throws TenantApiException 404
     */
    Path file(TenantCall call, String collection, String name) {
        return snapshots.file(call.scope(), collection, name).orElseThrow(() -> noSnapshot(name));
    }

    CompletableFuture<Boolean> recover(TenantCall call, String collection, RecoverRequest request) {
        try {
            return told(
                            call,
                            "recovery of " + collection,
                            snapshots.recover(
                                    call.scope(),
                                    collection,
                                    request.collection() == null ? collection : request.collection(),
                                    request.snapshot(),
                                    request.checksum()))
                    .thenApply(collectionHandle -> true);
        } catch (ProblemException problem) {
            throw problem.type() == ProblemType.NOT_FOUND ? noSnapshot(request.snapshot()) : problem;
        }
    }

    /** Reads the whole body before anything changes. */
    CompletableFuture<Boolean> upload(
            TenantCall call,
            String collection,
            @Nullable String contentType,
            InputStream body,
            @Nullable String checksum) {
        try {
            SnapshotUpload upload = snapshots.upload(call.scope(), collection);
            boolean received = false;
            try {
                MultipartSnapshot.receive(body, contentType, upload);
                received = true;
            } finally {
                if (!received) {
                    upload.close();
                }
            }
            return told(call, "recovery of " + collection, upload.recover(checksum))
                    .thenApply(collectionHandle -> true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits on the calling thread. */
    public static <T> T await(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw e;
        }
    }

    /** The log says what became of it, whether anybody waits or not. */
    private static <T> CompletableFuture<T> told(TenantCall call, String what, CompletableFuture<T> work) {
        return work.whenComplete((result, failure) -> {
            if (failure == null) {
                LOG.debugf("request %s: %s is done", call.arrival().requestId(), what);
            } else {
                LOG.infof(
                        "request %s: %s failed: %s",
                        call.arrival().requestId(),
                        what,
                        failure instanceof EngineException refused ? EngineProblems.of(refused) : failure);
            }
        });
    }

    private static RuntimeException missing(ProblemException problem, String collection) {
        return problem.type() == ProblemType.NOT_FOUND ? TenantApiException.noCollection(collection) : problem;
    }

    private static TenantApiException noSnapshot(String name) {
        return new TenantApiException(404, "Not found: Snapshot `" + name + "` doesn't exist!");
    }
}
