package dev.vectorhub.backup;

import dev.vectorhub.audit.AuditAction;
import dev.vectorhub.audit.AuditEntry;
import dev.vectorhub.audit.AuditService;
import dev.vectorhub.placement.PlacementService;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.Ids;
import dev.vectorhub.tenant.NewTenant;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import dev.vectorhub.tenant.Tx;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Asks for backups and restores, and shows how far they are; {@link BackupWorker} and {@link RestoreWorker} fulfil them. A
 * backup that is another tenant's looks like one that does not exist.
 */
@Singleton
public class BackupService {
    private static final int LABEL_CHARS_MAX = 200;
    private static final int PREFIX_CHARS_MAX = 100;
    private static final int RESTORES_SHOWN = 50;
    private static final int RESTORES_OPEN_MAX = 3;
    private static final Set<TenantState> WITH_DATA =
            EnumSet.of(TenantState.ACTIVE, TenantState.READ_ONLY, TenantState.SUSPENDED);

    private final Scoped scoped;
    private final TenantService tenants;
    private final PlacementService placements;
    private final AuditService audit;
    private final Ids ids;
    private final Clock clock;
    private final int perTenantMax;

    public BackupService(
            Scoped scoped,
            TenantService tenants,
            PlacementService placements,
            AuditService audit,
            Ids ids,
            Clock clock,
            @ConfigProperty(name = "hub.backup.max-per-tenant", defaultValue = "7") int perTenantMax) {
        this.scoped = scoped;
        this.tenants = tenants;
        this.placements = placements;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.perTenantMax = perTenantMax;
    }

    /**
     * Asks for a backup of all of the tenant's collections.
     *
     * @param label what to call it; may be empty
     * @throws ProblemException {@code quota-exceeded} where the tenant has as many as may be kept, {@code conflict} for a
     *     tenant without data
     */
    public Backup request(TenantId tenant, String label, Actor actor) {
        if (label.length() > LABEL_CHARS_MAX) {
            throw ProblemException.validation("label", "must have at most " + LABEL_CHARS_MAX + " characters");
        }
        return scoped.asSystem(tx -> {
            requireData(tenants.lock(tx, tenant));
            long kept = BackupRows.count(tx, tenant);
            if (kept >= perTenantMax) {
                throw ProblemException.quotaExceeded("backups", perTenantMax, kept, 1);
            }
            UUID id = ids.next();
            BackupRows.insert(tx, id, tenant, label.strip(), actor.name(), clock.instant());
            audit(tx, AuditAction.BACKUP_CREATE, actor, tenant, id, Map.of("label", label));
            return BackupRows.find(tx, id).orElseThrow();
        });
    }

    /** All of a tenant's, newest first. */
    public List<Backup> list(TenantId tenant) {
        return scoped.asTenant(tenant, tx -> BackupRows.list(tx, tenant));
    }

    /** Whosever it is; for operators. */
    public Backup get(UUID id) {
        return scoped.asSystem(tx -> BackupRows.find(tx, id))
                .orElseThrow(() -> ProblemException.notFound("backup", id));
    }

    /** One of the tenant's. */
    public Backup get(TenantId tenant, UUID id) {
        return scoped.asTenant(tenant, tx -> BackupRows.find(tx, id))
                .orElseThrow(() -> ProblemException.notFound("backup", id));
    }

    /**
     * Has the file removed; the backup is gone once that is done.
     *
     * @throws ProblemException {@code conflict} while it is being written or restored
     */
    public void delete(TenantId tenant, UUID id, Actor actor) {
        // as the system: restores into other tenants count
        scoped.doAsSystem(tx -> {
            Backup backup = BackupRows.lock(tx, id)
                    .filter(found -> found.tenant().equals(tenant))
                    .orElseThrow(() -> ProblemException.notFound("backup", id));
            if (backup.state() == Backup.State.WRITING) {
                throw new ProblemException(ProblemType.CONFLICT, "The backup is being written");
            }
            if (backup.state() == Backup.State.DELETING) {
                return;
            }
            if (RestorationRows.reads(tx, id)) {
                throw new ProblemException(ProblemType.CONFLICT, "The backup is being restored");
            }
            BackupRows.startDeleting(tx, id, clock.instant());
            audit(tx, AuditAction.BACKUP_DELETE, actor, tenant, id, Map.of("label", backup.label()));
        });
    }

    /**
     * Asks for a backup's collections as new ones of its own tenant.
     *
     * @param prefix before each collection's name
     */
    public Restoration restoreBeside(TenantId tenant, UUID id, String prefix, Actor actor) {
        if (prefix.isBlank() || prefix.length() > PREFIX_CHARS_MAX) {
            throw ProblemException.validation("prefix", "must have 1 to " + PREFIX_CHARS_MAX + " characters");
        }
        return scoped.asSystem(tx -> {
            Tenant into = tenants.lock(tx, tenant);
            requireData(into);
            Backup backup = ready(tx, id);
            if (!backup.tenant().equals(tenant)) {
                throw ProblemException.notFound("backup", id);
            }
            return restore(tx, backup, tenant, prefix, actor);
        });
    }

    /** Asks for a backup's collections as those of a tenant that is made for it; for operators. */
    public Restoration restoreAsTenant(UUID id, NewTenant wanted, Actor actor) {
        return scoped.asSystem(tx -> {
            Backup backup = ready(tx, id);
            Tenant made = tenants.create(tx, wanted, actor);
            placements.request(tx, made.id(), made.isolation());
            return restore(tx, backup, made.id(), "", actor);
        });
    }

    /** The newest restores into a tenant, newest first. */
    public List<Restoration> restorations(TenantId tenant) {
        return scoped.asTenant(tenant, tx -> RestorationRows.list(tx, tenant, RESTORES_SHOWN));
    }

    /** Whosever it is; for operators. */
    public Restoration restoration(UUID id) {
        return scoped.asSystem(tx -> RestorationRows.find(tx, id))
                .orElseThrow(() -> ProblemException.notFound("restore", id));
    }

    /** Into the tenant. */
    public Restoration restoration(TenantId tenant, UUID id) {
        return scoped.asTenant(tenant, tx -> RestorationRows.find(tx, id))
                .orElseThrow(() -> ProblemException.notFound("restore", id));
    }

    private static Backup ready(Tx tx, UUID id) throws SQLException {
        Backup backup = BackupRows.lock(tx, id).orElseThrow(() -> ProblemException.notFound("backup", id));
        if (backup.state() != Backup.State.READY) {
            throw new ProblemException(ProblemType.CONFLICT, "The backup is " + backup.state() + ", not READY");
        }
        return backup;
    }

    private Restoration restore(Tx tx, Backup backup, TenantId into, String prefix, Actor actor) throws SQLException {
        long open = RestorationRows.open(tx, into);
        if (open >= RESTORES_OPEN_MAX) {
            throw ProblemException.quotaExceeded("restores at once", RESTORES_OPEN_MAX, open, 1);
        }
        UUID id = ids.next();
        RestorationRows.insert(tx, id, into, backup, prefix, actor.name(), clock.instant());
        audit(
                tx,
                AuditAction.BACKUP_RESTORE,
                actor,
                into,
                backup.id(),
                Map.of("of", backup.tenant().toString(), "prefix", prefix));
        return RestorationRows.find(tx, id).orElseThrow();
    }

    private void audit(Tx tx, AuditAction action, Actor actor, TenantId tenant, UUID backup, Map<String, String> detail)
            throws SQLException {
        audit.record(tx, AuditEntry.success(action, actor, tenant, "backup", backup, null, detail));
    }

    private static void requireData(Tenant tenant) {
        if (!WITH_DATA.contains(tenant.state())) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "The tenant is " + tenant.state() + ": there is no data to back up or to restore into",
                    Map.of("state", tenant.state().name()));
        }
    }
}
