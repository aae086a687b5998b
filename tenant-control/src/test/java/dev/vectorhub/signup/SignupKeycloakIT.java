package dev.vectorhub.signup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vectorhub.Control;
import dev.vectorhub.ControlDatabase;
import dev.vectorhub.Faults;
import dev.vectorhub.engine.wire.v1.NodeStatusRequest;
import dev.vectorhub.identity.IdentityException;
import dev.vectorhub.identity.IdentitySettings;
import dev.vectorhub.identity.IdentityUser;
import dev.vectorhub.identity.KeycloakIdentities;
import dev.vectorhub.identity.Membership;
import dev.vectorhub.identity.PasswordHash;
import dev.vectorhub.placement.FakeNodes;
import dev.vectorhub.servers.CaughtMail;
import dev.vectorhub.servers.TestKeycloak;
import dev.vectorhub.servers.TestServers;
import dev.vectorhub.servers.VerificationLink;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantQuery;
import dev.vectorhub.tenant.TenantState;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signup against the real identity provider and real mail, followed as a person would. */
class SignupKeycloakIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "correct horse 7";

    private final TestKeycloak keycloak = TestServers.keycloak();
    private final Faults none = new Faults();
    private final FakeNodes engines = new FakeNodes(none, "a");
    private final KeycloakIdentities identities = new KeycloakIdentities(
            IdentitySettings.of(URI.create(keycloak.url()), keycloak.realm(), keycloak.apiClientSecret()),
            Clock.systemUTC());
    private final SecureRandom random = new SecureRandom();
    private final Provisioning hub = new Provisioning(
            ControlDatabase.shared(),
            none,
            identities,
            engines,
            keycloak.apiUrl(),
            password -> PasswordHash.of(password, random),
            4);
    private final String email = "p-" + UUID.randomUUID() + "@acme.example";

    SignupKeycloakIT() {
        hub.nodes.register("a", "embedded", 1_000_000, 1L << 40);
        beat();
    }

    @AfterEach
    void close() {
        hub.signup.close();
        identities.close();
    }

    @Test
    void aPersonSignsUpFollowsTheLinkAndOwnsAnActiveTenant() throws Exception {
        String organisation = "Ünïted <b>Ducks</b> & Co. / " + email.substring(0, 8);
        hub.signup.signup(new SignupRequest(organisation, email, PASSWORD, null, null), "203.0.113.9");
        CaughtMail mail = mail(1);
        assertTrue(mail.text().contains("verify"), mail.text());
        assertEquals(TenantState.PENDING, tenant(organisation).state());
        assertFalse(token(PASSWORD).has("access_token"), "unverified people cannot log in");

        URI back = VerificationLink.follow(URI.create(mail.links().getFirst()));
        assertTrue(back.toString().startsWith(keycloak.apiUrl() + "/v1/signup/complete?signup="), back.toString());
        Completion.Completed completed = assertInstanceOf(
                Completion.Completed.class, hub.signup.complete(back.getQuery().substring("signup=".length())));
        hub.reconciler.runOnce();

        TenantId id = completed.tenant();
        assertEquals(TenantState.ACTIVE, hub.tenants.get(id).state());
        JsonNode claims = claims(token(PASSWORD));
        List<Membership> memberships =
                hub.members.memberships(claims.path("sub").asText());
        assertEquals(List.of(id), memberships.stream().map(Membership::tenant).toList());
        assertEquals("[\"" + id + "\"]", claims.path("organization").toString());
        assertTrue(claims.path("aud").toString().contains("hub-api"), claims.toString());
        assertEquals(0, hub.members.adopt(id), "the owner is known already");

        erased(id);
    }

    /** The rest of that tenant's life: it and its people leave the provider. */
    private void erased(TenantId id) {
        String organisation = String.valueOf(hub.tenants.get(id).organisationId());
        assertEquals(1, identities.members(organisation).size());
        hub.tenants.delete(id, Change.by(Control.OPERATOR, "test"), 7);
        hub.clock.advance(Duration.ofDays(8));
        beat();
        hub.reconciler.runOnce();
        hub.eraser.runOnce();
        assertEquals(TenantState.DELETED, hub.tenants.get(id).state());
        assertTrue(identities.findByEmail(email).isEmpty());
        assertTrue(identities.findOrganisation(id).isEmpty());
    }

    @Test
    void aVerifiedAddressIsNoticedThoughNobodyFollowedTheRedirect() {
        hub.signup.signup(new SignupRequest("Acme " + email, email, PASSWORD, null, null), "203.0.113.9");
        VerificationLink.follow(URI.create(mail(1).links().getFirst()));
        hub.clock.advance(Duration.ofMinutes(5));
        beat();
        hub.signups.runOnce();
        hub.reconciler.runOnce();
        assertEquals(TenantState.ACTIVE, tenant("Acme " + email).state());
    }

    @Test
    void whoSignsUpAgainGetsALinkThatAsksForAPasswordAndTheFirstIsVoid() {
        hub.signup.signup(new SignupRequest("First " + email, email, "mallory's word 1", null, null), "203.0.113.9");
        CaughtMail first = mail(1);
        hub.signup.signup(new SignupRequest("Second " + email, email, PASSWORD, null, null), "203.0.113.9");
        CaughtMail second = mail(2);
        assertTrue(second.text().contains("Update Password"), second.text());
        assertThrows(
                RuntimeException.class,
                () -> VerificationLink.follow(URI.create(first.links().getFirst())));
        assertFalse(identities.findByEmail(email).orElseThrow().emailVerified());
        assertEquals(TenantState.PENDING, tenant("Second " + email).state());
    }

    @Test
    void everyCallMayBeRepeated() {
        TenantId tenant = new TenantId(UUID.randomUUID());
        String organisation = identities.ensureOrganisation(tenant, "Twice");
        assertEquals(organisation, identities.ensureOrganisation(tenant, "Twice"));
        var wanted = new dev.vectorhub.identity.NewIdentity(email, "s-1", PasswordHash.of(PASSWORD, random));
        IdentityUser user = identities.createUser(wanted);
        assertEquals(user, identities.createUser(wanted));
        assertEquals("s-1", user.signup());
        identities.addMember(organisation, user.subject());
        identities.addMember(organisation, user.subject());
        assertEquals(1, identities.members(organisation).size());
        identities.removeMember(organisation, user.subject());
        identities.removeMember(organisation, user.subject());
        identities.deleteUser(user.subject());
        identities.deleteUser(user.subject());
        identities.deleteOrganisation(organisation);
        identities.deleteOrganisation(organisation);
        assertTrue(identities.findOrganisation(tenant).isEmpty());
        assertTrue(identities.findBySubject(user.subject()).isEmpty());
    }

    @Test
    void anInvitationGoesOutAndAnUnreachableProviderIsTransient() {
        TenantId tenant = new TenantId(UUID.randomUUID());
        String organisation = identities.ensureOrganisation(tenant, "Inviting");
        identities.invite(organisation, email);
        assertTrue(mail(1).subject().contains("Inviting"), mail(1).subject());
        identities.deleteOrganisation(organisation);

        try (KeycloakIdentities nowhere = new KeycloakIdentities(
                IdentitySettings.of(URI.create("http://127.0.0.1:1"), "vectorhub", "x"), Clock.systemUTC())) {
            IdentityException refused = assertThrows(IdentityException.class, () -> nowhere.findByEmail(email));
            assertTrue(refused.transientFailure());
        }
        try (KeycloakIdentities wrong = new KeycloakIdentities(
                IdentitySettings.of(URI.create(keycloak.url()), keycloak.realm(), "wrong"), Clock.systemUTC())) {
            IdentityException refused = assertThrows(IdentityException.class, () -> wrong.findByEmail(email));
            assertTrue(String.valueOf(refused.getMessage()).contains("client-secret"), refused.getMessage());
        }
    }

    /** The newest mail to the person, once the requests' own threads have brought it that far. */
    private CaughtMail mail(int count) {
        for (int round = 0; round < 300; round++) {
            List<CaughtMail> mails = keycloak.mail().messages(email);
            if (mails.size() >= count && noted()) {
                return mails.getFirst();
            }
            pause();
        }
        throw new AssertionError("no mail came to " + email);
    }

    /** The hub knows that the mail is out. */
    private boolean noted() {
        return hub.scoped.asSystem(
                tx -> tx.first(row -> false, "select 1 from signup where email = ? and mail_sent_at is null", email)
                        .orElse(true));
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void beat() {
        hub.nodes.heartbeat("a", engines.transport("a").status(NodeStatusRequest.getDefaultInstance()));
    }

    private Tenant tenant(String organisation) {
        return hub.tenants
                .page(new TenantQuery(organisation, null, null, TenantQuery.Sort.NEWEST), null, 10)
                .items()
                .getFirst();
    }

    private JsonNode token(String password) throws Exception {
        String form =
                "grant_type=password&client_id=hub-cli&username=" + encode(email) + "&password=" + encode(password);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(keycloak.url() + "/realms/" + keycloak.realm() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return JSON.readTree(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
    }

    private static JsonNode claims(JsonNode token) throws Exception {
        String access = token.path("access_token").asText();
        assertFalse(access.isEmpty(), token.toString());
        return JSON.readTree(Base64.getUrlDecoder().decode(access.split("\\.", -1)[1]));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
