package dev.vectorhub.console.access;

import dev.vectorhub.tenant.TenantId;
import java.util.List;

/** Who belongs to which tenant, read at each question: a membership that ends, ends at once. */
public interface Memberships {
    /** Whether the person is a member of the tenant, whatever state the tenant is in. */
    boolean isMember(String subject, TenantId tenant);

    /** The tenants of a person, by name. */
    List<MemberTenant> of(String subject);
}
