package dev.vectorhub.signup;

import dev.vectorhub.identity.IdentityEraser;
import dev.vectorhub.identity.MemberService;
import dev.vectorhub.placement.Erasure;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.Tx;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** With a tenant go its members and its signup here, and, promised, its people and organisation at the provider. */
@Singleton
class TenantErasure implements Erasure {
    private final MemberService members;
    private final IdentityEraser eraser;

    TenantErasure(MemberService members, IdentityEraser eraser) {
        this.members = members;
        this.eraser = eraser;
    }

    @Override
    public void erase(Tx tx, Tenant tenant) throws SQLException {
        List<String> subjects = new ArrayList<>(members.removeAll(tx, tenant.id()));
        subjects.addAll(SignupRows.deleteOf(tx, tenant.id()));
        eraser.promise(tx, tenant.id(), tenant.organisationId(), subjects);
    }
}
