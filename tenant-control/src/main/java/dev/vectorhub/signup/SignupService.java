package dev.vectorhub.signup;

import dev.vectorhub.identity.IdentityException;
import dev.vectorhub.identity.PasswordHash;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.problem.FieldError;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Ids;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.Tx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Takes signups and brings them to an end when their link is followed. */
@Singleton
public class SignupService {
    /** Signups that are brought on at once by the requests themselves; the rest waits for the worker's next round. */
    private static final int AT_ONCE = 8;

    private static final int INSERT_TRIES = 3;

    private final Scoped scoped;
    private final PlanService plans;
    private final SignupReconciler reconciler;
    private final SignupThrottle throttle;
    private final SignupSettings settings;
    private final Ids ids;
    private final SecureRandom random;
    private final Clock clock;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore permits = new Semaphore(AT_ONCE);

    SignupService(
            Scoped scoped,
            PlanService plans,
            SignupReconciler reconciler,
            SignupThrottle throttle,
            SignupSettings settings,
            Ids ids,
            SecureRandom random,
            Clock clock) {
        this.scoped = scoped;
        this.plans = plans;
        this.reconciler = reconciler;
        this.throttle = throttle;
        this.settings = settings;
        this.ids = ids;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Takes a signup. What it does, how long it takes and that it returns normally are the same whether the address has an
     * account or not: the identity provider is asked afterwards. An address that has an account gets no mail.
     *
     * @param remoteAddress of the person, an IP address
     * @throws ProblemException {@code validation-failed} with an entry for each field; {@code rate-limited} with
     *     {@code retryAfterSeconds}
     */
    public void signup(SignupRequest request, String remoteAddress) {
        Duration wait = throttle.tryFrom(remoteAddress);
        if (wait.isPositive()) {
            throw new ProblemException(
                    ProblemType.RATE_LIMITED,
                    "Too many signups from this network",
                    Map.of("retryAfterSeconds", wait.toSeconds() + 1));
        }
        String plan = validate(request);
        String email = SignupValidation.normalEmail(request.email());
        // Before anything that depends on the address: this is where the time goes.
        PasswordHash password = PasswordHash.of(request.password(), random);
        if (!throttle.tryFor(email)) {
            return;
        }
        Signup signup = new Signup(
                ids.next(),
                null,
                Signup.State.OPEN,
                email,
                request.organisation().strip(),
                plan,
                request.isolation(),
                password,
                true,
                null,
                null,
                null,
                "",
                0,
                clock.instant());
        List<UUID> toAdvance = List.of();
        for (int attempt = 0; attempt < INSERT_TRIES && toAdvance.isEmpty(); attempt++) {
            toAdvance = scoped.asSystem(tx -> write(tx, signup));
        }
        kick(toAdvance);
    }

    /**
     * Brings a signup to its end if the identity provider says that the address is verified; that somebody followed the
     * redirect proves nothing.
     *
     * @param signupId as the link has it
     * @throws ProblemException {@code unavailable} if the identity provider cannot be asked now
     */
    public Completion complete(String signupId) {
        UUID id;
        try {
            id = UUID.fromString(signupId);
        } catch (IllegalArgumentException e) {
            return new Completion.Unknown();
        }
        try {
            reconciler.advance(id);
        } catch (IdentityException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "The identity provider cannot be reached", e);
        }
        return scoped.asSystem(tx -> {
            Optional<Completion> completed = SignupRows.completed(tx, id).map(Completion.Completed::new);
            if (completed.isPresent()) {
                return completed.get();
            }
            return SignupRows.isUnfinished(tx, id) ? new Completion.NotVerified() : new Completion.Unknown();
        });
    }

    @PreDestroy
    void close() {
        background.close();
    }

    /** The plan's code, or a problem with everything that is wrong with the form. */
    private String validate(SignupRequest request) {
        List<FieldError> errors = SignupValidation.check(request);
        String plan = request.plan() == null || request.plan().isBlank() ? settings.defaultPlan() : request.plan();
        boolean offered = settings.plans().isEmpty() || settings.plans().contains(plan);
        if (!offered || plans.find(plan).isEmpty()) {
            errors.add(new FieldError("plan", "is not a plan that can be chosen"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.validation(errors);
        }
        return plan;
    }

    /**
     * Writes the row; answers whom to bring on, in that order. Somebody may have signed up with the address before:
     *
     * <ul>
     *   <li>no mail went out yet: a double click; the earlier one goes on as it is;
     *   <li>a mail went out: the earlier signup is taken back and its link with it. As nobody knows which of the two owns
     *       the mailbox, neither password counts: the new mail's link asks for one.
     * </ul>
     *
     * Empty if the earlier one ended in this very moment: try again.
     */
    private List<UUID> write(Tx tx, Signup signup) throws SQLException {
        if (SignupRows.insert(tx, signup)) {
            return List.of(signup.id());
        }
        Optional<Signup> earlier = SignupRows.lockOpen(tx, signup.email());
        if (earlier.isEmpty()) {
            return List.of();
        }
        if (earlier.get().mailSentAt() == null) {
            return List.of(earlier.get().id());
        }
        SignupRows.retire(tx, earlier.get().id(), "signed up again", clock.instant());
        SignupRows.insert(tx, untrusted(signup));
        return List.of(earlier.get().id(), signup.id());
    }

    private static Signup untrusted(Signup signup) {
        @Nullable PasswordHash none = null;
        return new Signup(
                signup.id(),
                null,
                signup.state(),
                signup.email(),
                signup.organisation(),
                signup.plan(),
                signup.isolation(),
                none,
                false,
                null,
                null,
                null,
                "",
                0,
                signup.createdAt());
    }

    private void kick(List<UUID> signups) {
        if (signups.isEmpty() || !permits.tryAcquire()) {
            return;
        }
        background.execute(() -> {
            try {
                signups.forEach(reconciler::tryAdvance);
            } finally {
                permits.release();
            }
        });
    }
}
