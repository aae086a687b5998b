package dev.vectorhub.placement;

import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.Tx;
import java.sql.SQLException;

/** What else goes when a tenant is erased; in the same transaction. */
@FunctionalInterface
public interface Erasure {

    /**
     * Erases what this party holds of the tenant.
     *
     * @param tenant as it was before it became DELETED
     */
    void erase(Tx tx, Tenant tenant) throws SQLException;
}
