package dev.vectorhub.collection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vectorhub.engine.client.EngineClient;
import dev.vectorhub.engine.wire.EngineException;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.RejectionCode;
import dev.vectorhub.event.EventKind;
import dev.vectorhub.event.EventSubscriber;
import dev.vectorhub.event.Freshness;
import dev.vectorhub.event.HubEvent;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.quota.QuotaService;
import dev.vectorhub.tenant.DatabaseException;
import dev.vectorhub.tenant.Ids;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantScope;
import dev.vectorhub.tenant.Tx;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The catalog of collections: which names a tenant has and what the engine calls them.
 *
 * <p>A collection is made in three steps: a row in CREATING (with the quota taken), the engine's command, the row in
 * ACTIVE; it ends in three: the row in DELETING (the name is free), the engine's command, the row gone (and the quota given
 * back). Each step may be repeated; whoever dies in between leaves a row that {@link #sweep} finishes. A row's id is the
 * engine's name of the collection and is never used twice, so a late command cannot hit a namesake.
 */
@Singleton
public class CollectionService implements EventSubscriber {
    private static final Logger LOG = Logger.getLogger(CollectionService.class);
    private static final Duration CLAIM = Duration.ofMinutes(1);
    private static final Duration TTL = Duration.ofSeconds(30);
    private static final long CACHED_MAX = 200_000;
    private static final int SWEPT_AT_ONCE = 100;

    private final Scoped scoped;
    private final QuotaService quotas;
    private final EngineCommands engine;
    private final Ids ids;
    private final Clock clock;
    private final Freshness freshness = new Freshness();
    private final Cache<Key, Entry> cache =
            Caffeine.newBuilder().maximumSize(CACHED_MAX).expireAfterWrite(TTL).build();

    private record Key(UUID tenant, String name) {}

    private record Entry(CollectionHandle handle, long stamp) {}

    @Inject
    public CollectionService(Scoped scoped, QuotaService quotas, Instance<EngineClient> engine, Ids ids, Clock clock) {
        this(scoped, quotas, (Supplier<EngineClient>) engine::get, ids, clock);
    }

    /** @param engine asked for the engine with each command, never before: a process that sends none opens none */
    CollectionService(Scoped scoped, QuotaService quotas, Supplier<EngineClient> engine, Ids ids, Clock clock) {
        this.scoped = scoped;
        this.quotas = quotas;
        this.engine = new EngineCommands(engine);
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Makes a collection; when it returns, the engine has it.
     *
     * @param spec what the engine needs; it names no isolation of its own: the tenant's placement decides
     * @param configJson the request's own form, a JSON object
     * @throws ProblemException {@code validation-failed} (name), {@code conflict} (name in use), {@code quota-exceeded}
     * @throws EngineException the engine's refusal, for instance of a dimension; nothing is left behind then, unless it is
     *     {@code UNAVAILABLE}: then repeating the call finishes it, and the sweeper does if nobody repeats it
     */
    public CollectionHandle create(TenantScope scope, String name, CollectionSpec spec, String configJson) {
        CollectionNames.check(name);
        TenantId tenant = scope.tenant();
        CollectionHandle made = begin(tenant, name, spec, configJson);
        try {
            engine.create(tenant, made.id(), spec);
        } catch (EngineException e) {
            if (e.code() != RejectionCode.UNAVAILABLE && e.code() != RejectionCode.INTERNAL) {
                scoped.doAsTenant(tenant, tx -> forget(tx, tenant, made.id()));
            }
            throw e;
        }
        scoped.doAsTenant(tenant, tx -> activate(tx, tenant, made));
        return made;
    }

    /** The tenant's collections that the key reaches, by name. */
    public List<CollectionHandle> list(TenantScope scope) {
        return scoped.asTenant(scope.tenant(), tx -> CollectionRows.listActive(tx, scope.tenant())).stream()
                .filter(collection -> scope.reaches(collection.name()))
                .toList();
    }

    /** Every collection of a tenant, for operators and the console. */
    public List<CollectionHandle> list(TenantId tenant) {
        return scoped.asTenant(tenant, tx -> CollectionRows.listActive(tx, tenant));
    }

    /** By name or alias, cached; empty for one that the tenant does not have or the key does not reach. */
    public Optional<CollectionHandle> find(TenantScope scope, String name) {
        if (!CollectionNames.possible(name) || !scope.reaches(name)) {
            return Optional.empty();
        }
        TenantId tenant = scope.tenant();
        Key key = new Key(tenant.value(), name);
        Entry cached = cache.getIfPresent(key);
        Optional<CollectionHandle> found;
        if (cached != null && freshness.isFresh(tenant.value(), cached.stamp())) {
            found = Optional.of(cached.handle());
        } else {
            long stamp = freshness.stamp();
            found = scoped.asTenant(tenant, tx -> named(tx, tenant, name));
            // Missing names are not remembered: a client that polls until a collection exists must see it at once.
            found.ifPresent(handle -> cache.put(key, new Entry(handle, stamp)));
        }
        // An alias must not open what the key was not made for, and what is remembered is remembered for all keys.
        return found.filter(handle -> scope.reaches(handle.name()));
    }

    private static Optional<CollectionHandle> named(Tx tx, TenantId tenant, String name) throws SQLException {
        Optional<CollectionHandle> found = CollectionRows.findActive(tx, tenant, name);
        if (found.isPresent()) {
            return found;
        }
        Optional<Alias> alias = AliasRows.find(tx, tenant, name);
        return alias.isEmpty()
                ? Optional.empty()
                : CollectionRows.findActive(tx, tenant, alias.get().collection());
    }

    /**
     * Like {@link #find}, for a name that should be there.
     *
     * @throws ProblemException {@code not-found}
     */
    public CollectionHandle get(TenantScope scope, String name) {
        return find(scope, name).orElseThrow(() -> ProblemException.notFound("collection", name));
    }

    /** Ends a collection; when it returns, the name is free and the engine has dropped the data. False if there is none. */
    public boolean delete(TenantScope scope, String name) {
        if (!CollectionNames.possible(name) || !scope.reaches(name)) {
            return false;
        }
        TenantId tenant = scope.tenant();
        Optional<UUID> deleted = scoped.asTenant(tenant, tx -> {
            // One that is still being made is not there yet: dropped now, the engine would make it afterwards.
            Optional<CollectionRows.Row> row =
                    CollectionRows.lock(tx, tenant, name).filter(found -> found.state() == CollectionRows.State.ACTIVE);
            if (row.isPresent()) {
                Instant now = clock.instant();
                CollectionRows.startDeleting(tx, row.get().handle().id(), now, now.plus(CLAIM));
                AliasRows.removeAll(tx, row.get().handle().id());
                tell(tx, tenant, name);
            }
            return row.map(found -> found.handle().id());
        });
        freshness.changed(tenant.value());
        deleted.ifPresent(id -> finishDeletion(tenant, id));
        return deleted.isPresent();
    }

    /**
     * Changes a collection. What it is changed from is what the catalog has, and nobody else changes it meanwhile: the row stays
     * locked while the engine works. Whoever dies before the catalog has the change leaves it to be repeated.
     *
     * @throws ProblemException {@code not-found}, or what {@code change} throws
     * @throws EngineException the engine's refusal; nothing is changed then
     */
    public CollectionHandle change(
            TenantScope scope, String name, Function<CollectionHandle, CollectionChange> change) {
        return change(scope.tenant(), get(scope, name), change);
    }

    /** The same for whoever acts for the whole tenant. */
    public CollectionHandle change(TenantId tenant, String name, Function<CollectionHandle, CollectionChange> change) {
        return change(tenant, get(tenant, name), change);
    }

    /**
     * Any collection of the tenant, by name or alias, not cached.
     *
     * @throws ProblemException {@code not-found}
     */
    public CollectionHandle get(TenantId tenant, String name) {
        return scoped.asTenant(tenant, tx -> named(tx, tenant, name))
                .orElseThrow(() -> ProblemException.notFound("collection", name));
    }

    private CollectionHandle change(
            TenantId tenant, CollectionHandle before, Function<CollectionHandle, CollectionChange> change) {
        CollectionHandle after = scoped.asTenant(tenant, tx -> {
            CollectionRows.Row row = CollectionRows.lock(tx, tenant, before.name())
                    .filter(found -> found.handle().id().equals(before.id()))
                    .orElseThrow(() -> ProblemException.notFound("collection", before.name()));
            CollectionChange wanted = change.apply(row.handle());
            engine.change(tenant, before.id(), wanted.command());
            CollectionRows.change(tx, before.id(), wanted.spec(), wanted.configJson(), clock.instant());
            tell(tx, tenant, before.name());
            return CollectionRows.findActive(tx, tenant, before.name()).orElseThrow();
        });
        freshness.changed(tenant.value());
        return after;
    }

    /** Finishes what a crash or an engine that was away has left; for a worker. Returns how many rows it finished. */
    public int sweep() {
        Instant now = clock.instant();
        List<CollectionRows.Row> unfinished =
                scoped.asSystem(tx -> CollectionRows.claimUnfinished(tx, now, now.plus(CLAIM), SWEPT_AT_ONCE));
        int finished = 0;
        for (CollectionRows.Row row : unfinished) {
            try {
                finish(row);
                finished++;
            } catch (EngineException e) {
                LOG.warnf("collection %s stays %s: %s", row.handle().id(), row.state(), e.getMessage());
            }
        }
        return finished;
    }

    @Override
    public void onEvent(HubEvent event) {
        if (event.kind() == EventKind.COLLECTION && event.tenant() != null) {
            freshness.changed(event.tenant());
        }
    }

    @Override
    public void onGap() {
        freshness.changedAll();
    }

    private CollectionHandle begin(TenantId tenant, String name, CollectionSpec spec, String configJson) {
        try {
            return scoped.asTenant(tenant, tx -> {
                Optional<CollectionRows.Row> present = CollectionRows.lock(tx, tenant, name);
                if (present.isPresent()) {
                    return takeUp(present.get(), name, spec);
                }
                if (AliasRows.exists(tx, tenant, name)) {
                    throw new ProblemException(ProblemType.CONFLICT, "Alias `" + name + "` already exists!");
                }
                Instant now = clock.instant();
                CollectionHandle collection = new CollectionHandle(ids.next(), name, spec, configJson, 1);
                quotas.reserveCollections(tx, tenant, 1);
                CollectionRows.insert(tx, tenant, collection, CollectionRows.State.CREATING, now, now.plus(CLAIM));
                return collection;
            });
        } catch (DatabaseException e) {
            // Two created the same name at once: the other one's row stands.
            if (e.state().equals(DatabaseException.UNIQUE_VIOLATION)) {
                throw exists(name);
            }
            throw e;
        }
    }

    /** A creation that was cut short is gone on with by whoever asks for the same again. */
    private static CollectionHandle takeUp(CollectionRows.Row present, String name, CollectionSpec spec) {
        if (present.state() == CollectionRows.State.CREATING
                && present.handle().spec().equals(spec)) {
            return present.handle();
        }
        throw exists(name);
    }

    private void finish(CollectionRows.Row row) {
        UUID id = row.handle().id();
        if (row.state() == CollectionRows.State.DELETING || row.state() == CollectionRows.State.RESTORING) {
            finishDeletion(row.tenant(), id);
            return;
        }
        try {
            engine.create(row.tenant(), id, row.handle().spec());
        } catch (EngineException e) {
            if (e.code() == RejectionCode.UNAVAILABLE || e.code() == RejectionCode.INTERNAL) {
                throw e;
            }
            LOG.warnf("collection %s is given up: %s", id, e.getMessage());
            scoped.doAsSystem(tx -> forget(tx, row.tenant(), id));
            return;
        }
        scoped.doAsSystem(tx -> activate(tx, row.tenant(), row.handle()));
    }

    private void activate(Tx tx, TenantId tenant, CollectionHandle collection) throws SQLException {
        if (CollectionRows.activate(tx, collection.id(), clock.instant())) {
            tell(tx, tenant, collection.name());
        }
    }

    /** Drops what the engine has of it, forgets the row, gives the quota back. May be repeated. */
    void finishDeletion(TenantId tenant, UUID id) {
        engine.drop(tenant, id);
        scoped.doAsTenant(tenant, tx -> forget(tx, tenant, id));
    }

    private void forget(Tx tx, TenantId tenant, UUID id) throws SQLException {
        if (CollectionRows.remove(tx, id)) {
            quotas.releaseCollections(tx, tenant, 1);
        }
    }

    /** What is remembered of the tenant's names holds no more. */
    void changed(TenantId tenant) {
        freshness.changed(tenant.value());
    }

    static void tell(Tx tx, TenantId tenant, String name) throws SQLException {
        new HubEvent(EventKind.COLLECTION, tenant.value(), name).publish(tx);
    }

    private static ProblemException exists(String name) {
        return new ProblemException(ProblemType.CONFLICT, "Collection `" + name + "` already exists!");
    }
}
