package dev.vectorhub.identity;

import dev.vectorhub.tenant.TenantId;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The identity provider, as far as the hub changes it. Every call may be repeated: what exists is found, what is gone
 * stays gone. Failures are {@link IdentityException}.
 */
public interface Identities {

    /** The user with that address; lower case. */
    Optional<IdentityUser> findByEmail(String email);

    Optional<IdentityUser> findBySubject(String subject);

    /**
     * Makes the user, or answers the one with that address that is there already: compare {@link IdentityUser#signup()}.
     */
    IdentityUser createUser(NewIdentity wanted);

    void deleteUser(String subject);

    /** Makes the tenant's organisation, or finds it; answers its id. */
    String ensureOrganisation(TenantId tenant, String name);

    /** The tenant's organisation, if there is one. */
    Optional<String> findOrganisation(TenantId tenant);

    void deleteOrganisation(String organisationId);

    void addMember(String organisationId, String subject);

    void removeMember(String organisationId, String subject);

    /** Members of the organisation, 1000 at most. */
    List<IdentityUser> members(String organisationId);

    /** Sends an invitation; who accepts it becomes a member of the organisation. */
    void invite(String organisationId, String email);

    /**
     * Sends the mail that proves the address. May send it twice.
     *
     * @param choosePassword whether the person also sets a password on the way
     * @param redirect where the person goes on afterwards
     */
    void sendVerification(String subject, boolean choosePassword, URI redirect);
}
