package dev.vectorhub.api.control;

import dev.vectorhub.api.pipeline.DeclaresOperation;
import dev.vectorhub.tenant.Access;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares an operation of the control API on its resource method. {@link ControlGate} enforces it. */
@Documented
@DeclaresOperation
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ControlOperation {

    /** Stable name in logs and documents: {@code keys.create}. */
    String name();

    Audience audience();

    /** For {@link Audience#TENANT}: what the tenant's state must permit. */
    Access access() default Access.LOGIN;

    /** For {@link Audience#TENANT}: whether only the tenant's owners may, neither other members nor keys. */
    boolean ownersOnly() default false;

    /**
     * Whether a key that is restricted to some collections may too. The resource then asks {@link Caller.OfTenant#reaches} about
     * each collection that it touches.
     */
    boolean restrictedKeys() default false;

    /** Who may call. */
    enum Audience {
        /** Anybody. */
        PUBLIC,
        /** A member of the tenant, or one of its keys with the scope MANAGE. */
        TENANT,
        /** Either of the two; the resource asks {@link Caller} which. */
        TENANT_OR_OPERATOR,
        /** A user with the realm role {@code operator}. */
        OPERATOR
    }
}
