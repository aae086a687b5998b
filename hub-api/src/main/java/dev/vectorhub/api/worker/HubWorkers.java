package dev.vectorhub.api.worker;

import dev.vectorhub.api.control.idempotency.Idempotency;
import dev.vectorhub.apikey.KeyUses;
import dev.vectorhub.backup.BackupWorker;
import dev.vectorhub.backup.RestoreWorker;
import dev.vectorhub.billing.rollup.RollupService;
import dev.vectorhub.collection.CollectionService;
import dev.vectorhub.identity.IdentityEraser;
import dev.vectorhub.node.NodeMonitor;
import dev.vectorhub.placement.PlacementReconciler;
import dev.vectorhub.signup.SignupReconciler;
import dev.vectorhub.snapshot.SnapshotSweeper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/** The hub's workers and how often each looks. All are level-triggered: a round that is missed costs one interval. */
@ApplicationScoped
class HubWorkers implements WorkerSource {

    private final PlacementReconciler placements;
    private final SignupReconciler signups;
    private final CollectionService collections;
    private final NodeMonitor nodes;
    private final RollupService rollups;
    private final KeyUses keyUses;
    private final IdentityEraser identities;
    private final Idempotency idempotency;
    private final BackupWorker backups;
    private final RestoreWorker restores;
    private final SnapshotSweeper snapshots;

    @Inject
    HubWorkers(
            PlacementReconciler placements,
            SignupReconciler signups,
            CollectionService collections,
            NodeMonitor nodes,
            RollupService rollups,
            KeyUses keyUses,
            IdentityEraser identities,
            Idempotency idempotency,
            BackupWorker backups,
            RestoreWorker restores,
            SnapshotSweeper snapshots) {
        this.placements = placements;
        this.signups = signups;
        this.collections = collections;
        this.nodes = nodes;
        this.rollups = rollups;
        this.keyUses = keyUses;
        this.identities = identities;
        this.idempotency = idempotency;
        this.backups = backups;
        this.restores = restores;
        this.snapshots = snapshots;
    }

    @Override
    public List<Worker> workers() {
        return List.of(
                // Somebody waits for a new tenant in front of a screen.
                new Worker("placement", Duration.ofSeconds(1), placements::runOnce),
                new Worker("signup", Duration.ofSeconds(1), signups::runOnce),
                new Worker("collection-sweep", Duration.ofSeconds(15), collections::sweep),
                // Heartbeats, storage gauges and, from these, the states of tenants over their storage quota.
                new Worker("node-monitor", Duration.ofSeconds(5), nodes::runOnce),
                new Worker("usage-rollup", Duration.ofSeconds(30), rollups::runOnce),
                new Worker("key-uses", Duration.ofSeconds(30), keyUses::flush),
                new Worker("identity-erase", Duration.ofSeconds(30), identities::runOnce),
                new Worker("backup", Duration.ofSeconds(2), backups::runOnce),
                new Worker("restore", Duration.ofSeconds(2), restores::runOnce),
                new Worker("idempotency-sweep", Duration.ofMinutes(10), idempotency::sweep),
                new Worker("snapshot-sweep", Duration.ofMinutes(10), snapshots::runOnce));
    }
}
