package dev.vectorhub.api.control;

import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.TenantId;
import io.vertx.ext.web.RoutingContext;

/** Who calls an operation of the control API, as the gate found out. */
public sealed interface Caller {

    /** Somebody that acts for one tenant, and can act for no other. */
    record OfTenant(TenantId tenant, Actor actor) implements Caller {}

    record Operator(Actor actor) implements Caller {}

    /** Whom the audit names. */
    Actor actor();

    /** The tenant that the request acts for. */
    static OfTenant tenant(RoutingContext http) {
        return (OfTenant) of(http);
    }

    /** The operator that the request comes from. */
    static Operator operator(RoutingContext http) {
        return (Operator) of(http);
    }

    /** Whoever it is. */
    static Caller of(RoutingContext http) {
        Caller caller = http.get(ControlGate.CALLER);
        if (caller == null) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Not permitted");
        }
        return caller;
    }
}
