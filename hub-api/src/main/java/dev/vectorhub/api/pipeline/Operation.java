package dev.vectorhub.api.pipeline;

import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.billing.usage.OperationClass;
import dev.vectorhub.tenant.Access;

/** A declared operation as a value; any transport can carry one. See {@link TenantOperation} for the components. */
public record Operation(String name, KeyScope scope, Access access, int cost, OperationClass operationClass) {

    static Operation of(TenantOperation declared) {
        return new Operation(
                declared.name(), declared.scope(), declared.access(), declared.cost(), declared.operationClass());
    }
}
