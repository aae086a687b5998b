package dev.vectorhub.signup;

import dev.vectorhub.identity.Identities;
import dev.vectorhub.identity.IdentityUser;
import dev.vectorhub.identity.MemberRole;
import dev.vectorhub.identity.MemberService;
import dev.vectorhub.identity.NewIdentity;
import dev.vectorhub.outbox.Outbox;
import dev.vectorhub.placement.PlacementService;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.NewTenant;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantService;
import dev.vectorhub.tenant.TenantState;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings signups on, step by step. Every step may be repeated and every process may take the next one: what is done is
 * read from the row and from the identity provider, never remembered.
 */
@Singleton
public class SignupReconciler {
    private static final Logger LOG = LoggerFactory.getLogger(SignupReconciler.class);
    private static final Actor WORKER = Actor.system("signup");
    private static final int BATCH = 20;
    /** More steps than any signup has: the bound on a loop that should not need one. */
    private static final int STEPS_MAX = 16;

    private static final int ERROR_CHARS_MAX = 1000;
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration STALLED = Duration.ofHours(1);

    private final Scoped scoped;
    private final TenantService tenants;
    private final MemberService members;
    private final PlacementService placements;
    private final Identities identities;
    private final SignupSettings settings;
    private final Clock clock;

    public SignupReconciler(
            Scoped scoped,
            TenantService tenants,
            MemberService members,
            PlacementService placements,
            Identities identities,
            SignupSettings settings,
            Clock clock) {
        this.scoped = scoped;
        this.tenants = tenants;
        this.members = members;
        this.placements = placements;
        this.identities = identities;
        this.settings = settings;
        this.clock = clock;
    }

    /** One round over what is due; answers how many signups were looked at without a failure. */
    public int runOnce() {
        Instant now = clock.instant();
        List<UUID> due = scoped.asSystem(tx -> SignupRows.claim(tx, now, now.plus(LEASE), BATCH));
        int done = 0;
        for (UUID id : due) {
            done += tryAdvance(id) ? 1 : 0;
        }
        return done;
    }

    /** Like {@link #advance}, but a failure is noted in the row and tried again later. */
    boolean tryAdvance(UUID id) {
        try {
            advance(id);
            return true;
        } catch (RuntimeException e) {
            LOG.warn("signup {} failed: {}", id, e.getMessage());
            note(id, String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** Takes every step that can be taken now. */
    void advance(UUID id) {
        for (int step = 0; step < STEPS_MAX; step++) {
            Optional<Signup> found = scoped.asSystem(tx -> SignupRows.find(tx, id));
            if (found.isEmpty() || !advanced(found.get())) {
                return;
            }
        }
        throw new IllegalStateException("a signup has no more than " + STEPS_MAX + " steps");
    }

    /** Takes one step; false if there is nothing more to do now. */
    private boolean advanced(Signup signup) {
        IdentityUser user = identities.findByEmail(signup.email()).orElse(null);
        Instant now = clock.instant();
        switch (SignupDecision.next(signup, user, otherUnfinished(signup, user), now, settings.expiry())) {
            case CLOSE_KNOWN -> end(signup, "the address has an account already");
            case WAIT_FOR_OTHER -> again(signup, now.plus(WAIT));
            case CREATE_TENANT -> {
                createTenant(signup);
                return true;
            }
            case CREATE_USER -> {
                identities.createUser(
                        new NewIdentity(signup.email(), signup.id().toString(), signup.password()));
                return true;
            }
            case NOTE_USER -> {
                String subject = Objects.requireNonNull(user).subject();
                scoped.doAsSystem(tx -> SignupRows.noteUser(tx, signup.id(), subject));
                return true;
            }
            case CREATE_ORGANISATION -> {
                createOrganisation(signup);
                return true;
            }
            case SEND_MAIL -> {
                sendMail(signup);
                return true;
            }
            case AWAIT_VERIFICATION -> {
                Instant sent = signup.mailSentAt() == null ? now : signup.mailSentAt();
                again(signup, now.plus(SignupDecision.poll(Duration.between(sent, now))));
            }
            case COMPLETE -> complete(signup, Objects.requireNonNull(user));
            case BEGIN_RETIRING -> {
                scoped.doAsSystem(tx -> SignupRows.retire(
                        tx,
                        signup.id(),
                        "not verified within " + settings.expiry().toDays() + " days",
                        now));
                return true;
            }
            case RETIRE -> retire(signup, user);
        }
        return false;
    }

    private boolean otherUnfinished(Signup signup, @Nullable IdentityUser user) {
        String other = user == null ? null : user.signup();
        if (other == null || other.equals(signup.id().toString())) {
            return false;
        }
        try {
            UUID id = UUID.fromString(other);
            return scoped.asSystem(tx -> SignupRows.isUnfinished(tx, id));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void createTenant(Signup signup) {
        scoped.doAsSystem(tx -> {
            // Two processes at once: the second finds it done.
            if (!SignupRows.lockUnfinished(tx, signup.id())
                    || SignupRows.find(tx, signup.id()).map(Signup::tenant).isPresent()) {
                return;
            }
            Tenant tenant = tenants.create(
                    tx,
                    new NewTenant(
                            signup.organisation(),
                            null,
                            signup.email(),
                            signup.plan(),
                            signup.isolation(),
                            TenantState.PENDING),
                    WORKER);
            SignupRows.noteTenant(tx, signup.id(), tenant.id());
        });
    }

    private void createOrganisation(Signup signup) {
        TenantId tenant = Objects.requireNonNull(signup.tenant());
        String organisation = identities.ensureOrganisation(tenant, signup.organisation());
        scoped.doAsSystem(tx -> {
            tenants.linkOrganisation(tx, tenant, organisation);
            SignupRows.noteOrganisation(tx, signup.id(), organisation);
        });
    }

    private void sendMail(Signup signup) {
        String subject = Objects.requireNonNull(signup.subject());
        identities.addMember(Objects.requireNonNull(signup.organisationId()), subject);
        identities.sendVerification(subject, !signup.passwordTrusted(), settings.completion(signup.id()));
        scoped.doAsSystem(tx -> SignupRows.noteMail(tx, signup.id(), clock.instant()));
    }

    /** The one transaction that makes a tenant of a verified signup. */
    private void complete(Signup signup, IdentityUser user) {
        TenantId id = Objects.requireNonNull(signup.tenant());
        // Also when the mail was never noted: then the membership at the provider may be missing too.
        identities.addMember(Objects.requireNonNull(signup.organisationId()), user.subject());
        Instant now = clock.instant();
        scoped.doAsSystem(tx -> {
            Tenant tenant = tenants.lock(tx, id);
            if (!SignupRows.lockUnfinished(tx, signup.id())) {
                return;
            }
            if (tenant.state() != TenantState.PENDING) {
                // An operator is deleting it: restored or erased, either ends this.
                SignupRows.again(tx, signup.id(), now.plus(STALLED));
                return;
            }
            tenants.transition(tx, id, TenantState.PROVISIONING, Change.by(WORKER, "e-mail address verified"));
            members.add(tx, id, user.subject(), signup.email(), MemberRole.OWNER, WORKER);
            placements.request(tx, id, tenant.isolation());
            SignupRows.complete(tx, signup.id(), now);
        });
    }

    private void retire(Signup signup, @Nullable IdentityUser user) {
        if (user != null && signup.id().toString().equals(user.signup())) {
            identities.deleteUser(user.subject());
        }
        if (signup.tenant() != null) {
            identities.findOrganisation(signup.tenant()).ifPresent(identities::deleteOrganisation);
        }
        end(signup, signup.retireReason());
    }

    /** The signup and its pending tenant are no more. */
    private void end(Signup signup, String reason) {
        scoped.doAsSystem(tx -> {
            TenantId id = signup.tenant();
            if (id != null && tenants.lock(tx, id).state() == TenantState.PENDING) {
                tenants.transition(tx, id, TenantState.DELETED, Change.by(WORKER, reason));
            }
            SignupRows.delete(tx, signup.id());
        });
    }

    private void again(Signup signup, Instant due) {
        scoped.doAsSystem(tx -> SignupRows.again(tx, signup.id(), due));
    }

    private void note(UUID id, String error) {
        String shown = error.length() > ERROR_CHARS_MAX ? error.substring(0, ERROR_CHARS_MAX) : error;
        scoped.doAsSystem(tx -> {
            int attempts = SignupRows.find(tx, id).map(Signup::attempts).orElse(1);
            SignupRows.failed(tx, id, clock.instant().plus(Outbox.backoff(attempts)), shown);
        });
    }
}
