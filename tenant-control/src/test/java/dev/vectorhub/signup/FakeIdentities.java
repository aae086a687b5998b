package dev.vectorhub.signup;

import dev.vectorhub.Faults;
import dev.vectorhub.identity.Identities;
import dev.vectorhub.identity.IdentityUser;
import dev.vectorhub.identity.NewIdentity;
import dev.vectorhub.tenant.TenantId;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** An identity provider in memory; the process that asks it dies where the test says. */
final class FakeIdentities implements Identities {
    record Mail(String email, boolean choosePassword, URI redirect) {}

    final Map<String, IdentityUser> users = new HashMap<>();
    final Map<String, NewIdentity> made = new HashMap<>();
    final Map<TenantId, String> organisations = new HashMap<>();
    final Map<String, Set<String>> members = new HashMap<>();
    final List<Mail> mails = new ArrayList<>();
    private final Faults faults;

    FakeIdentities(Faults faults) {
        this.faults = faults;
    }

    synchronized void verify(String email) {
        users.computeIfPresent(
                email,
                (key, user) -> new IdentityUser(user.subject(), user.email(), true, user.enabled(), user.signup()));
    }

    private synchronized <T> T effect(String name, Supplier<T> change) {
        faults.pass("before " + name);
        T result = change.get();
        faults.pass("after " + name);
        return result;
    }

    @Override
    public synchronized Optional<IdentityUser> findByEmail(String email) {
        return Optional.ofNullable(users.get(email));
    }

    @Override
    public synchronized Optional<IdentityUser> findBySubject(String subject) {
        return users.values().stream()
                .filter(user -> user.subject().equals(subject))
                .findFirst();
    }

    @Override
    public IdentityUser createUser(NewIdentity wanted) {
        return effect("a user is made", () -> {
            made.putIfAbsent(wanted.email(), wanted);
            return users.computeIfAbsent(
                    wanted.email(),
                    email -> new IdentityUser(UUID.randomUUID().toString(), email, false, true, wanted.signup()));
        });
    }

    @Override
    public void deleteUser(String subject) {
        effect(
                "a user is deleted",
                () -> users.values().removeIf(user -> user.subject().equals(subject)));
    }

    @Override
    public String ensureOrganisation(TenantId tenant, String name) {
        return effect("an organisation is made", () -> organisations.computeIfAbsent(tenant, id -> "org-" + id));
    }

    @Override
    public synchronized Optional<String> findOrganisation(TenantId tenant) {
        return Optional.ofNullable(organisations.get(tenant));
    }

    @Override
    public void deleteOrganisation(String organisationId) {
        effect("an organisation is deleted", () -> organisations.values().remove(organisationId));
    }

    @Override
    public void addMember(String organisationId, String subject) {
        effect(
                "a member is added",
                () -> members.computeIfAbsent(organisationId, id -> new HashSet<>())
                        .add(subject));
    }

    @Override
    public void removeMember(String organisationId, String subject) {
        effect(
                "a member is removed",
                () -> members.getOrDefault(organisationId, new HashSet<>()).remove(subject));
    }

    @Override
    public synchronized List<IdentityUser> members(String organisationId) {
        return users.values().stream()
                .filter(user -> members.getOrDefault(organisationId, Set.of()).contains(user.subject()))
                .toList();
    }

    @Override
    public void invite(String organisationId, String email) {
        effect("an invitation is sent", () -> mails.add(new Mail(email, false, URI.create("urn:invitation"))));
    }

    @Override
    public void sendVerification(String subject, boolean choosePassword, URI redirect) {
        String email = findBySubject(subject).orElseThrow().email();
        effect("a mail is sent", () -> mails.add(new Mail(email, choosePassword, redirect)));
    }
}
