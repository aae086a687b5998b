package dev.vectorhub.signup;

import dev.vectorhub.Control;
import dev.vectorhub.ControlDatabase;
import dev.vectorhub.Faults;
import dev.vectorhub.FaultyDatabase;
import dev.vectorhub.TestClock;
import dev.vectorhub.audit.AuditService;
import dev.vectorhub.identity.Identities;
import dev.vectorhub.identity.IdentityEraser;
import dev.vectorhub.identity.MemberService;
import dev.vectorhub.identity.PasswordHash;
import dev.vectorhub.node.EngineNodes;
import dev.vectorhub.node.NodeService;
import dev.vectorhub.outbox.Outbox;
import dev.vectorhub.placement.PlacementReconciler;
import dev.vectorhub.placement.PlacementService;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.tenant.Ids;
import dev.vectorhub.tenant.Scoped;
import dev.vectorhub.tenant.TenantService;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/** Identity, signup, placement and nodes, wired as the container would, on a database whose client may die. */
public final class Provisioning {
    public final Faults faults;
    public final Control control;
    public final TestClock clock;
    public final Scoped scoped;
    public final TenantService tenants;
    public final NodeService nodes;
    public final MemberService members;
    public final PlacementService placements;
    public final PlacementReconciler reconciler;
    public final IdentityEraser eraser;
    final SignupReconciler signups;
    final SignupService signup;

    public Provisioning(
            ControlDatabase database, Faults faults, Identities identities, EngineNodes engines, String apiUrl) {
        this(
                database,
                faults,
                identities,
                engines,
                apiUrl,
                password -> new PasswordHash(new byte[16], new byte[64]),
                0);
    }

    /**
     * @param hasher of passwords; the real one takes a while
     * @param atOnce signups that requests bring on themselves; the rest waits for the rounds that the test makes
     */
    Provisioning(
            ControlDatabase database,
            Faults faults,
            Identities identities,
            EngineNodes engines,
            String apiUrl,
            Function<String, PasswordHash> hasher,
            int atOnce) {
        this.faults = faults;
        this.control = new Control(database);
        this.clock = control.clock;
        Ids ids = new Ids(new SecureRandom());
        this.scoped = new Scoped(FaultyDatabase.of(database.app(), faults));
        AuditService audit = new AuditService(scoped, ids, clock);
        this.tenants = new TenantService(scoped, audit, ids, clock);
        PlanService plans = new PlanService(scoped, audit, clock);
        Outbox outbox = new Outbox(scoped, ids, clock);
        this.nodes = new NodeService(scoped, audit, clock);
        this.members = new MemberService(scoped, tenants, identities, audit, clock);
        this.placements = new PlacementService(scoped, tenants, outbox, clock);
        this.eraser = new IdentityEraser(outbox, scoped, members, identities);
        this.reconciler = new PlacementReconciler(
                scoped,
                tenants,
                plans,
                nodes,
                engines,
                placements,
                new TenantErasure(members, eraser),
                outbox,
                audit,
                clock);
        SignupSettings settings = new SignupSettings(
                URI.create(apiUrl), control.plan(Control.LIMITS), Set.of(), 1_000, 3, Duration.ofDays(7));
        this.signups = new SignupReconciler(scoped, tenants, members, placements, identities, settings, clock);
        this.signup = new SignupService(
                scoped,
                plans,
                signups,
                new SignupThrottle(scoped, settings, clock),
                settings,
                ids,
                hasher,
                clock,
                atOnce);
    }
}
