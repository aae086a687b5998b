package dev.vectorhub.apikey;

import dev.vectorhub.audit.AuditAction;
import dev.vectorhub.audit.AuditEntry;
import dev.vectorhub.audit.AuditService;
import dev.vectorhub.event.EventKind;
import dev.vectorhub.event.HubEvent;
import dev.vectorhub.problem.FieldError;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Access;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.Cursor;
import dev.vectorhub.tenant.Ids;
import dev.vectorhub.tenant.Page;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.StateGate;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.Tx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Issues, rotates and revokes keys. A key's secret leaves this service once and is stored nowhere; a revocation reaches
 * every gateway within two seconds, and never after more than ten.
 */
@Singleton
public class ApiKeyService {
    public static final int NAME_CHARS_MAX = 200;
    public static final int PATTERNS_MAX = 50;
    public static final int PATTERN_CHARS_MAX = 255;
    /** Keys of one tenant that are neither revoked nor expired. */
    public static final int LIVE_KEYS_MAX = 1000;

    public static final Duration OVERLAP_MAX = Duration.ofDays(30);

    private final Scoped scoped;
    private final AuditService audit;
    private final Ids ids;
    private final SecureRandom random;
    private final Clock clock;
    private final KeyHasher hasher;
    private final String env;

    @Inject
    public ApiKeyService(
            Scoped scoped, AuditService audit, Ids ids, SecureRandom random, Clock clock, KeySettings settings) {
        this.scoped = scoped;
        this.audit = audit;
        this.ids = ids;
        this.random = random;
        this.clock = clock;
        this.hasher = new KeyHasher(settings.pepper());
        this.env = settings.env();
    }

    /** Makes a key. Problems: {@code validation-failed}, {@code conflict} at {@link #LIVE_KEYS_MAX}, the state gate's. */
    public IssuedKey issue(TenantId tenant, NewKey wanted, Actor actor) {
        validate(wanted);
        return scoped.asTenant(tenant, tx -> {
            StateGate.require(KeyRows.holdState(tx, tenant), Access.KEYS_CREATE);
            IssuedKey issued = make(tx, tenant, wanted, null, actor);
            note(tx, AuditAction.KEY_ISSUE, tenant, issued.key().id(), actor, null, wanted.name());
            return issued;
        });
    }

    /** All keys of a tenant, the revoked and expired too, newest first. */
    public Page<KeyView> page(TenantId tenant, @Nullable String cursor, int limit) {
        UUID before = cursor == null ? null : Cursor.decode(cursor).id();
        int rows = Page.limit(limit);
        return Page.of(
                scoped.asTenant(tenant, tx -> KeyRows.page(tx, tenant, before, rows)),
                rows,
                last -> new Cursor("", last.id()));
    }

    public KeyView get(TenantId tenant, UUID keyId) {
        return scoped.asTenant(tenant, tx -> KeyRows.get(tx, tenant, keyId));
    }

    /** Ends a key for good. Revoking one again changes nothing. */
    public KeyView revoke(TenantId tenant, UUID keyId, Actor actor, @Nullable String reason) {
        return scoped.asTenant(tenant, tx -> {
            StateGate.require(KeyRows.holdState(tx, tenant), Access.KEYS_REVOKE);
            KeyView key = KeyRows.lock(tx, tenant, keyId);
            if (key.revokedAt() != null) {
                return key;
            }
            tx.update("update api_key set revoked_at = ? where key_id = ?", clock.instant(), keyId);
            note(tx, AuditAction.KEY_REVOKE, tenant, keyId, actor, reason, key.name());
            return KeyRows.get(tx, tenant, keyId);
        });
    }

    /**
     * Makes a successor with the same name, rights, limit and expiry; the old key keeps working for the overlap.
     *
     * @param overlap zero to {@link #OVERLAP_MAX}
     */
    public IssuedKey rotate(TenantId tenant, UUID keyId, Duration overlap, Actor actor) {
        if (overlap.isNegative() || overlap.compareTo(OVERLAP_MAX) > 0) {
            throw ProblemException.validation("overlap", "must be between 0 and " + OVERLAP_MAX.toDays() + " days");
        }
        return scoped.asTenant(tenant, tx -> {
            StateGate.require(KeyRows.holdState(tx, tenant), Access.KEYS_CREATE);
            KeyView old = KeyRows.lock(tx, tenant, keyId);
            Instant now = clock.instant();
            if (!old.usableAt(now)) {
                throw new ProblemException(ProblemType.CONFLICT, "A revoked or expired key cannot be rotated");
            }
            NewKey successor = new NewKey(
                    old.name(), old.scopes(), old.collectionPatterns(), old.expiresAt(), old.requestsPerMinute());
            IssuedKey issued = make(tx, tenant, successor, keyId, actor);
            tx.update(
                    "update api_key set expires_at = least(expires_at, ?) where key_id = ?", now.plus(overlap), keyId);
            note(tx, AuditAction.KEY_ROTATE, tenant, keyId, actor, null, old.name());
            return issued;
        });
    }

    private IssuedKey make(Tx tx, TenantId tenant, NewKey wanted, @Nullable UUID rotates, Actor actor)
            throws SQLException {
        Instant now = clock.instant();
        if (KeyRows.countLive(tx, tenant, now) >= LIVE_KEYS_MAX) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "The tenant has " + LIVE_KEYS_MAX + " live keys: revoke some first");
        }
        UUID id = ids.next();
        String secret = KeyFormat.create(env, id, random);
        KeyView key = new KeyView(
                id,
                wanted.name().strip(),
                KeyFormat.prefix(env, id),
                wanted.scopes(),
                wanted.collectionPatterns(),
                wanted.requestsPerMinute(),
                now,
                actor.name(),
                wanted.expiresAt(),
                null,
                rotates,
                null);
        KeyRows.insert(tx, tenant, key, env, hasher.hash(KeyFormat.signed(secret)));
        return new IssuedKey(key, secret);
    }

    private void note(
            Tx tx, AuditAction action, TenantId tenant, UUID key, Actor actor, @Nullable String reason, String name)
            throws SQLException {
        audit.record(tx, AuditEntry.success(action, actor, tenant, "key", key, reason, Map.of("name", name)));
        new HubEvent(EventKind.KEY, tenant.value(), key.toString()).publish(tx);
    }

    private void validate(NewKey wanted) {
        List<FieldError> errors = new ArrayList<>();
        if (wanted.name().isBlank() || wanted.name().length() > NAME_CHARS_MAX) {
            errors.add(new FieldError("name", "must have 1 to " + NAME_CHARS_MAX + " characters"));
        }
        if (wanted.scopes().isEmpty()) {
            errors.add(new FieldError("scopes", "must name at least one of read, write, manage"));
        }
        if (wanted.collectionPatterns().size() > PATTERNS_MAX) {
            errors.add(new FieldError("collectionPatterns", "must be at most " + PATTERNS_MAX));
        }
        for (String pattern : wanted.collectionPatterns()) {
            if (pattern.isBlank() || pattern.length() > PATTERN_CHARS_MAX) {
                errors.add(new FieldError(
                        "collectionPatterns", "must have 1 to " + PATTERN_CHARS_MAX + " characters each"));
                break;
            }
        }
        if (wanted.expiresAt() != null && !wanted.expiresAt().isAfter(clock.instant())) {
            errors.add(new FieldError("expiresAt", "must lie in the future"));
        }
        if (wanted.requestsPerMinute() != null && wanted.requestsPerMinute() < 1) {
            errors.add(new FieldError("requestsPerMinute", "must be at least 1"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.validation(errors);
        }
    }
}
