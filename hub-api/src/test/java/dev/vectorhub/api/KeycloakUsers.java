package dev.vectorhub.api;

import static io.restassured.RestAssured.given;

import dev.vectorhub.servers.TestKeycloak;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;

/** People of the test realm: an operator made over the admin API, and tokens by the command line's client. */
final class KeycloakUsers {

    private final TestKeycloak keycloak;

    KeycloakUsers(TestKeycloak keycloak) {
        this.keycloak = keycloak;
    }

    /** A user with the realm role {@code operator}. */
    void operator(String email, String password) {
        String admin = admin().formParam("client_id", "admin-cli")
                .formParam("grant_type", "password")
                .formParam("username", keycloak.adminUser())
                .formParam("password", keycloak.adminPassword())
                .post("/realms/master/protocol/openid-connect/token")
                .path("access_token");
        String users = "/admin/realms/" + keycloak.realm() + "/users";
        json(admin)
                .body(Map.of(
                        "username",
                        email,
                        "email",
                        email,
                        "emailVerified",
                        true,
                        "enabled",
                        true,
                        "firstName",
                        "Olga",
                        "lastName",
                        "Operator",
                        "credentials",
                        List.of(Map.of("type", "password", "value", password, "temporary", false))))
                .post(users)
                .then()
                .statusCode(201);
        String id = json(admin).get(users + "?exact=true&email=" + email).path("[0].id");
        Map<String, Object> role = json(admin)
                .get("/admin/realms/" + keycloak.realm() + "/roles/operator")
                .path("$");
        json(admin)
                .body(List.of(role))
                .post(users + "/" + id + "/role-mappings/realm")
                .then()
                .statusCode(204);
    }

    /** A fresh access token. */
    String token(String email, String password) {
        return admin().formParam("client_id", "hub-cli")
                .formParam("grant_type", "password")
                .formParam("scope", "openid")
                .formParam("username", email)
                .formParam("password", password)
                .post("/realms/" + keycloak.realm() + "/protocol/openid-connect/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    private RequestSpecification admin() {
        return given().baseUri(keycloak.url()).port(-1);
    }

    private RequestSpecification json(String token) {
        return admin().header("authorization", "Bearer " + token).contentType("application/json");
    }
}
