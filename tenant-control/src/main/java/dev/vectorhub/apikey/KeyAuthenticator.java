package dev.vectorhub.apikey;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vectorhub.event.EventKind;
import dev.vectorhub.event.EventSubscriber;
import dev.vectorhub.event.Freshness;
import dev.vectorhub.event.HubEvent;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Access;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.StateGate;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose request it is. A hit costs one HMAC and no database.
 *
 * <p>What is cached is the row of a key, never a key: the hash is computed anew for each request and compared in constant
 * time. An entry is used until news of its tenant arrives ({@link Freshness}) and for at most ten seconds, so a
 * revocation holds within that time even if no news gets through. Ids that do not exist are remembered apart, so that
 * guesses cannot push real keys out; at most {@value #LOOKUPS_MAX} lookups run at once.
 */
@Singleton
public class KeyAuthenticator implements EventSubscriber {
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final Duration UNKNOWN_TTL = Duration.ofSeconds(5);
    // People read the last use in minutes; a busy key must not write to a shared map with each request.
    private static final Duration NOTE_EVERY = Duration.ofSeconds(1);
    private static final long KEYS_MAX = 100_000;
    private static final long UNKNOWN_MAX = 10_000;
    // Half of a small connection pool: guessed keys must not keep everybody else from the database.
    private static final int LOOKUPS_MAX = 8;
    private static final long LOOKUP_WAIT_MILLIS = 2_000;

    private final Scoped scoped;
    private final KeyHasher hasher;
    private final KeyUses uses;
    private final Clock clock;
    private final Freshness freshness = new Freshness();
    private final Semaphore lookups = new Semaphore(LOOKUPS_MAX);
    private final Cache<UUID, Entry> known =
            Caffeine.newBuilder().maximumSize(KEYS_MAX).expireAfterWrite(TTL).build();
    private final Cache<UUID, Boolean> unknown = Caffeine.newBuilder()
            .maximumSize(UNKNOWN_MAX)
            .expireAfterWrite(UNKNOWN_TTL)
            .build();

    /** A row as it was read; the instant of its last noted use is the only part that changes. */
    private static final class Entry {
        private final KeyRows.Credential credential;
        private final KeyAuthentication.Authenticated answer;
        private final long stamp;
        private volatile Instant noted = Instant.EPOCH;

        Entry(KeyRows.Credential credential, long stamp) {
            this.credential = credential;
            this.answer = new KeyAuthentication.Authenticated(credential.scope());
            this.stamp = stamp;
        }
    }

    @Inject
    public KeyAuthenticator(Scoped scoped, KeyUses uses, Clock clock, KeySettings settings) {
        this.scoped = scoped;
        this.uses = uses;
        this.clock = clock;
        this.hasher = new KeyHasher(settings.pepper());
    }

    /**
     * Checks a key as a client presented it.
     *
     * @throws ProblemException {@code unavailable} if the key is not cached and the database cannot be asked
     */
    public KeyAuthentication authenticate(String presented) {
        Optional<KeyFormat.Parsed> parsed = KeyFormat.parse(presented);
        if (parsed.isEmpty()) {
            return refused(KeyAuthentication.Reason.MALFORMED);
        }
        Entry entry = entry(parsed.get().id());
        if (entry == null || !hasher.hash(parsed.get().signed()).matches(entry.credential.hash())) {
            return refused(KeyAuthentication.Reason.UNKNOWN);
        }
        KeyRows.Credential credential = entry.credential;
        if (credential.revokedAt() != null) {
            return refused(KeyAuthentication.Reason.REVOKED);
        }
        Instant now = clock.instant();
        if (credential.expiresAt() != null && !now.isBefore(credential.expiresAt())) {
            return refused(KeyAuthentication.Reason.EXPIRED);
        }
        if (!StateGate.permits(credential.scope().state(), Access.KEYS_USE)) {
            return refused(KeyAuthentication.Reason.TENANT_OFF);
        }
        if (now.isAfter(entry.noted.plus(NOTE_EVERY))) {
            entry.noted = now;
            uses.note(credential.scope().keyId(), now);
        }
        return entry.answer;
    }

    /** Whether {@link #authenticate} answers without the database: the key is none, or what is stored of it is at hand. */
    public boolean isCached(String presented) {
        Optional<KeyFormat.Parsed> parsed = KeyFormat.parse(presented);
        if (parsed.isEmpty()) {
            return true;
        }
        Entry cached = known.getIfPresent(parsed.get().id());
        return cached == null ? unknown.getIfPresent(parsed.get().id()) != null : isFresh(cached);
    }

    @Override
    public void onEvent(HubEvent event) {
        if (event.kind() == EventKind.PLAN) {
            freshness.changedAll();
        } else if (event.kind() != EventKind.COLLECTION && event.tenant() != null) {
            freshness.changed(event.tenant());
        }
    }

    @Override
    public void onGap() {
        freshness.changedAll();
    }

    private @Nullable Entry entry(UUID id) {
        Entry cached = known.getIfPresent(id);
        if (cached != null && isFresh(cached)) {
            return cached;
        }
        if (cached == null && unknown.getIfPresent(id) != null) {
            return null;
        }
        // One lookup a key, however many requests wait for it.
        Entry loaded =
                known.asMap().compute(id, (key, present) -> present != null && isFresh(present) ? present : load(key));
        if (loaded == null) {
            unknown.put(id, true);
        }
        return loaded;
    }

    private boolean isFresh(Entry entry) {
        return freshness.isFresh(entry.credential.scope().tenant().value(), entry.stamp);
    }

    private @Nullable Entry load(UUID id) {
        if (!acquire()) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "Too many keys are being looked up");
        }
        try {
            long stamp = freshness.stamp();
            return scoped.asSystem(tx -> KeyRows.credential(tx, id))
                    .map(credential -> new Entry(credential, stamp))
                    .orElse(null);
        } finally {
            lookups.release();
        }
    }

    private boolean acquire() {
        try {
            return lookups.tryAcquire(LOOKUP_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static KeyAuthentication refused(KeyAuthentication.Reason reason) {
        return new KeyAuthentication.Refused(reason);
    }
}
