package dev.vectorhub.api.pipeline;

import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.tenant.Access;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares an operation of the tenant API on its resource method: what the key needs, what the tenant's state must
 * permit, what it costs and how it is billed. A resource method without a declaration is refused at start.
 */
@Documented
@DeclaresOperation
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface TenantOperation {

    /** Stable name in logs, audit and documents: {@code points.search}. */
    String name();

    /** The scope that the API key needs. */
    KeyScope scope();

    /** What the tenant's state must permit. */
    Access access();

    /** Tokens that the request takes from the rate limit; a batch takes more: {@link TenantPipeline#charge}. */
    int cost() default 1;

    /** How a request is billed. */
    OperationClass operationClass();
}
