package dev.vectorhub.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.tenant.TenantId;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Keycloak 26 over its admin API. A tenant's organisation carries the tenant's id as alias and attribute; a user made by a
 * signup carries the signup's id.
 */
public final class KeycloakIdentities implements Identities, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_TYPE = "application/json";
    private static final String TENANT = "hubTenant";
    private static final String SIGNUP = "hubSignup";
    private static final int MEMBERS_MAX = 1000;

    private final KeycloakClient keycloak;
    private final IdentitySettings settings;

    public KeycloakIdentities(IdentitySettings settings, Clock clock) {
        this.keycloak = new KeycloakClient(settings, clock);
        this.settings = settings;
    }

    @Override
    public Optional<IdentityUser> findByEmail(String email) {
        JsonNode found = keycloak.get(
                        "/users?exact=true&briefRepresentation=false&max=2&email=" + KeycloakClient.encode(email))
                .orElseThrow(() -> new IdentityException(404, "the realm " + settings.realm() + " does not exist"));
        return found.isEmpty() ? Optional.empty() : Optional.of(user(found.get(0)));
    }

    @Override
    public Optional<IdentityUser> findBySubject(String subject) {
        return keycloak.get("/users/" + KeycloakClient.encode(subject)).map(KeycloakIdentities::user);
    }

    @Override
    public IdentityUser createUser(NewIdentity wanted) {
        Optional<IdentityUser> existing = findByEmail(wanted.email());
        if (existing.isPresent()) {
            return existing.get();
        }
        ObjectNode user = JSON.createObjectNode();
        user.put("username", wanted.email())
                .put("email", wanted.email())
                .put("emailVerified", false)
                .put("enabled", true);
        user.putObject("attributes").putArray(SIGNUP).add(wanted.signup());
        ArrayNode actions = user.putArray("requiredActions").add("VERIFY_EMAIL");
        PasswordHash password = wanted.password();
        if (password == null) {
            actions.add("UPDATE_PASSWORD");
        } else {
            user.putArray("credentials").add(credential(password));
        }
        // A conflict is somebody quicker, perhaps ourselves before a crash: whoever is there is the answer.
        boolean made = keycloak.post("/users", user.toString(), JSON_TYPE);
        return findByEmail(wanted.email())
                .orElseThrow(() -> new IdentityException(
                        409,
                        made
                                ? "the user just made cannot be found"
                                : "the identity provider has another user of that name"));
    }

    @Override
    public void deleteUser(String subject) {
        keycloak.delete("/users/" + KeycloakClient.encode(subject));
    }

    @Override
    public String ensureOrganisation(TenantId tenant, String name) {
        Optional<String> existing = findOrganisation(tenant);
        if (existing.isPresent()) {
            return existing.get();
        }
        ObjectNode organisation = JSON.createObjectNode();
        // Keycloak wants unique names; customers may share one.
        organisation
                .put("name", name + " (" + tenant.toString().substring(24) + ")")
                .put("alias", tenant.toString())
                .put("enabled", true);
        organisation.putObject("attributes").putArray(TENANT).add(tenant.toString());
        keycloak.post("/organizations", organisation.toString(), JSON_TYPE);
        return findOrganisation(tenant)
                .orElseThrow(() -> new IdentityException(409, "the organisation just made cannot be found"));
    }

    @Override
    public Optional<String> findOrganisation(TenantId tenant) {
        JsonNode found = keycloak.get("/organizations?max=2&q=" + KeycloakClient.encode(TENANT + ":" + tenant))
                .orElseThrow(() -> new IdentityException(
                        404, "the realm " + settings.realm() + " has no organisations: switch them on"));
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(found.get(0).path("id").asText());
    }

    @Override
    public void deleteOrganisation(String organisationId) {
        keycloak.delete("/organizations/" + KeycloakClient.encode(organisationId));
    }

    @Override
    public void addMember(String organisationId, String subject) {
        keycloak.post("/organizations/" + KeycloakClient.encode(organisationId) + "/members", subject, JSON_TYPE);
    }

    @Override
    public void removeMember(String organisationId, String subject) {
        keycloak.delete("/organizations/" + KeycloakClient.encode(organisationId) + "/members/"
                + KeycloakClient.encode(subject));
    }

    @Override
    public List<IdentityUser> members(String organisationId) {
        JsonNode found = keycloak.get(
                        "/organizations/" + KeycloakClient.encode(organisationId) + "/members?max=" + MEMBERS_MAX)
                .orElse(JSON.createArrayNode());
        List<IdentityUser> members = new ArrayList<>();
        found.forEach(member -> members.add(user(member)));
        return members;
    }

    @Override
    public void invite(String organisationId, String email) {
        keycloak.post(
                "/organizations/" + KeycloakClient.encode(organisationId) + "/members/invite-user",
                "email=" + KeycloakClient.encode(email),
                "application/x-www-form-urlencoded");
    }

    @Override
    public void sendVerification(String subject, boolean choosePassword, URI redirect) {
        String query = "?client_id=" + KeycloakClient.encode(settings.clientId()) + "&redirect_uri="
                + KeycloakClient.encode(redirect.toString()) + "&lifespan="
                + settings.linkLifespan().toSeconds();
        String user = "/users/" + KeycloakClient.encode(subject);
        if (choosePassword) {
            keycloak.put(
                    user + "/execute-actions-email" + query,
                    JSON.createArrayNode().add("VERIFY_EMAIL").add("UPDATE_PASSWORD"));
        } else {
            keycloak.put(user + "/send-verify-email" + query, null);
        }
    }

    private static ObjectNode credential(PasswordHash password) {
        Base64.Encoder base64 = Base64.getEncoder();
        ObjectNode credential = JSON.createObjectNode();
        credential.put("type", "password");
        credential.put(
                "credentialData",
                JSON.createObjectNode()
                        .put("hashIterations", PasswordHash.ITERATIONS)
                        .put("algorithm", PasswordHash.ALGORITHM)
                        .toString());
        credential.put(
                "secretData",
                JSON.createObjectNode()
                        .put("value", base64.encodeToString(password.hash()))
                        .put("salt", base64.encodeToString(password.salt()))
                        .toString());
        return credential;
    }

    private static IdentityUser user(JsonNode json) {
        JsonNode signup = json.path("attributes").path(SIGNUP).path(0);
        return new IdentityUser(
                json.path("id").asText(),
                json.path("email").asText(),
                json.path("emailVerified").asBoolean(),
                json.path("enabled").asBoolean(),
                signup.isMissingNode() ? null : signup.asText());
    }

    @Override
    public void close() {
        keycloak.close();
    }
}
