package dev.vectorhub.signup;

import dev.vectorhub.identity.IdentityException;
import dev.vectorhub.identity.PasswordHash;
import dev.vectorhub.plan.Plan;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.problem.FieldError;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Ids;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.Tx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Takes signups and brings them to an end when their link is followed. */
@Singleton
public class SignupService {
    /** Signups that are brought on at once by the requests themselves; the rest waits for the worker's next round. */
    private static final int AT_ONCE = 8;

    private static final int INSERT_TRIES = 3;
    private static final Duration OWN_LEASE = Duration.ofSeconds(30);

    private final Scoped scoped;
    private final PlanService plans;
    private final SignupReconciler reconciler;
    private final SignupThrottle throttle;
    private final SignupSettings settings;
    private final Ids ids;
    private final Function<String, PasswordHash> hasher;
    private final Clock clock;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore permits;

    @Inject
    SignupService(
            Scoped scoped,
            PlanService plans,
            SignupReconciler reconciler,
            SignupThrottle throttle,
            SignupSettings settings,
            Ids ids,
            SecureRandom random,
            Clock clock) {
        this(
                scoped,
                plans,
                reconciler,
                throttle,
                settings,
                ids,
                password -> PasswordHash.of(password, random),
                clock,
                AT_ONCE);
    }

    SignupService(
            Scoped scoped,
            PlanService plans,
            SignupReconciler reconciler,
            SignupThrottle throttle,
            SignupSettings settings,
            Ids ids,
            Function<String, PasswordHash> hasher,
            Clock clock,
            int atOnce) {
        this.scoped = scoped;
        this.plans = plans;
        this.reconciler = reconciler;
        this.throttle = throttle;
        this.settings = settings;
        this.ids = ids;
        this.hasher = hasher;
        this.clock = clock;
        this.permits = new Semaphore(atOnce);
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
        PasswordHash password = hasher.apply(request.password());
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
        boolean own = permits.tryAcquire();
        List<UUID> toAdvance = List.of();
        try {
            // While our own thread is at it the workers keep away, or the person gets two mails.
            Instant due = own ? signup.createdAt().plus(OWN_LEASE) : signup.createdAt();
            for (int attempt = 0; attempt < INSERT_TRIES && toAdvance.isEmpty(); attempt++) {
                toAdvance = scoped.asSystem(tx -> write(tx, signup, due));
            }
        } finally {
            if (own) {
                bringOn(toAdvance);
            }
        }
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
        Optional<Plan> chosen = offered ? plans.find(plan) : Optional.empty();
        if (chosen.isEmpty()) {
            errors.add(new FieldError("plan", "is not a plan that can be chosen"));
        } else if (request.isolation() != null && !chosen.get().isolations().contains(request.isolation())) {
            errors.add(new FieldError("isolation", "is not permitted by the plan"));
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
    private List<UUID> write(Tx tx, Signup signup, Instant due) throws SQLException {
        if (SignupRows.insert(tx, signup, due)) {
            return List.of(signup.id());
        }
        Optional<Signup> earlier = SignupRows.lockOpen(tx, signup.email());
        if (earlier.isEmpty()) {
            return List.of();
        }
        if (earlier.get().mailSentAt() == null) {
            return List.of(earlier.get().id());
        }
        SignupRows.retire(tx, earlier.get().id(), "signed up again", due);
        SignupRows.insert(tx, untrusted(signup), due);
        return List.of(earlier.get().id(), signup.id());
    }

    private static Signup untrusted(Signup signup) {
        return new Signup(
                signup.id(),
                null,
                signup.state(),
                signup.email(),
                signup.organisation(),
                signup.plan(),
                signup.isolation(),
                null,
                false,
                null,
                null,
                null,
                "",
                0,
                signup.createdAt());
    }

    /** In the background; the permit that was acquired is given back. */
    private void bringOn(List<UUID> signups) {
        try {
            background.execute(() -> {
                try {
                    signups.forEach(reconciler::tryAdvance);
                } finally {
                    permits.release();
                }
            });
        } catch (RejectedExecutionException e) {
            // Stopping: a worker takes over when the lease ends.
            permits.release();
        }
    }
}
