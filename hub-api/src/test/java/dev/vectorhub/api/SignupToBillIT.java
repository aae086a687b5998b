package dev.vectorhub.api;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.servers.CaughtMail;
import dev.vectorhub.servers.TestServers;
import dev.vectorhub.servers.VerificationLink;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The control API with real people: signup over mail to the first bill, and the operator's side of it. */
@QuarkusTest
@TestProfile(SignupToBillIT.WithKeycloak.class)
@QuarkusTestResource(value = HubAndKeycloak.class, restrictToAnnotatedClass = true)
class SignupToBillIT {

    /** Another application start: this one knows an identity provider. */
    public static class WithKeycloak implements QuarkusTestProfile {}

    private static final String PASSWORD = "correct-Horse-7";

    private final KeycloakUsers people = new KeycloakUsers(TestServers.keycloak());

    @Test
    void aPersonSignsUpGetsAKeyAndSeesTheUsageThatAnOperatorCanStop() {
        given().contentType("application/json")
                .body(Map.of("organisation", "A", "email", "no address", "password", "short"))
                .post("/v1/signup")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors.field", hasItem("email"))
                .body("errors.field", hasItem("password"));
        String email = "ada@example.com";
        signUp("Analytical Engines", email);
        CaughtMail mail = mail(email);
        given().get("/v1/tenant").then().statusCode(401);
        URI back = VerificationLink.follow(URI.create(mail.links().getFirst()));
        String page = given().get(back.toString())
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .header("content-security-policy", containsString("default-src 'none'"))
                .extract()
                .asString();
        assertTrue(page.contains("Your address is verified") && page.contains("Go to the console"), page);
        String id = back.getQuery().substring("signup=".length());
        given().get("/v1/signup/" + id).then().statusCode(200).body("state", equalTo("COMPLETED"));
        given().get("/v1/signup/complete?signup=nothing").then().statusCode(404).contentType("text/html");

        RequestSpecification member = bearer(people.token(email, PASSWORD));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().spec(member)
                        .get("/v1/tenant")
                        .then()
                        .statusCode(200)
                        .body("state", equalTo("ACTIVE")));
        String tenant = given().spec(member).get("/v1/tenant").path("id");
        given().spec(member).get("/v1/members").then().statusCode(200).body("items[0].role", equalTo("OWNER"));
        given().spec(member).get("/v1/tenants").then().statusCode(403).contentType("application/problem+json");
        given().spec(member)
                .header("x-hub-tenant", "00000000-0000-0000-0000-000000000001")
                .get("/v1/tenant")
                .then()
                .statusCode(404);
        String key = given().spec(member)
                .contentType("application/json")
                .body(Map.of("name", "first", "scopes", List.of("READ", "WRITE", "MANAGE")))
                .post("/v1/keys")
                .then()
                .statusCode(201)
                .extract()
                .path("secret");
        for (int i = 0; i < 3; i++) {
            given().header("api-key", key).get("/collections").then().statusCode(200);
        }
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> given().spec(member)
                        .get("/v1/usage")
                        .then()
                        .statusCode(200)
                        .body("requests.read", equalTo(3)));

        operate(tenant, key);
        aUserThatAsksWithoutEndIsToldToWait(member);
    }

    private static void aUserThatAsksWithoutEndIsToldToWait(RequestSpecification user) {
        Response answer = given().spec(user).get("/v1/tenant");
        for (int i = 0; i < 2_000 && answer.statusCode() == 200; i++) {
            answer = given().spec(user).get("/v1/tenant");
        }
        answer.then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("1"))
                .header("RateLimit-Policy", equalTo("\"requests\";q=600;w=60"))
                .header("RateLimit", equalTo("\"requests\";r=0;t=1"))
                .body("layer", equalTo("user"));
    }

    private void operate(String tenant, String key) {
        people.operator("olga@example.com", PASSWORD);
        RequestSpecification operator = bearer(people.token("olga@example.com", PASSWORD));
        given().spec(operator)
                .get("/v1/tenants?text=analytical")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(tenant));
        given().spec(operator)
                .header("if-match", "\"999\"")
                .contentType("application/json")
                .body(Map.of("isolation", "STORAGE", "reason", "asked for"))
                .post("/v1/tenants/" + tenant + "/isolation")
                .then()
                .statusCode(412);
        given().spec(operator)
                .contentType("application/json")
                .body(Map.of("isolation", "STORAGE", "reason", "asked for"))
                .post("/v1/tenants/" + tenant + "/isolation")
                .then()
                .statusCode(202)
                .body("isolation", equalTo("STORAGE"))
                .body("permitted", hasItem("COLLECTION"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().spec(operator)
                        .get("/v1/tenants/" + tenant + "/isolation")
                        .path("state")
                        .equals("SETTLED"));
        String etag = given().spec(operator)
                .get("/v1/tenants/" + tenant)
                .then()
                .statusCode(200)
                .extract()
                .header("etag");
        given().spec(operator)
                .header("if-match", "\"999\"")
                .contentType("application/json")
                .body(Map.of("reason", "unpaid"))
                .post("/v1/tenants/" + tenant + "/suspend")
                .then()
                .statusCode(412)
                .contentType("application/problem+json");
        given().spec(operator)
                .header("if-match", etag)
                .contentType("application/json")
                .body(Map.of("reason", "unpaid"))
                .post("/v1/tenants/" + tenant + "/suspend")
                .then()
                .statusCode(200)
                .body("state", equalTo("SUSPENDED"));
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> given().header("api-key", key)
                        .get("/collections")
                        .then()
                        .statusCode(403));
        given().spec(operator)
                .contentType("application/json")
                .body(Map.of("reason", "paid"))
                .post("/v1/tenants/" + tenant + "/resume")
                .then()
                .statusCode(200)
                .body("state", equalTo("ACTIVE"));
        given().spec(operator)
                .contentType("application/json")
                .body(Map.of("plan", "enterprise", "reason", "grows"))
                .post("/v1/tenants/" + tenant + "/plan")
                .then()
                .statusCode(200)
                .body("plan", equalTo("enterprise"));
        given().spec(operator)
                .get("/v1/tenants/" + tenant + "/usage")
                .then()
                .statusCode(200)
                .body("requests.read", greaterThanOrEqualTo(3));
        given().spec(operator).get("/v1/usage/export?format=jsonl").then().statusCode(200);
        given().spec(operator).get("/v1/nodes").then().statusCode(200).body("items[0].id", equalTo("test-2"));
        given().spec(operator)
                .get("/v1/audit?tenant=" + tenant + "&action=tenant.plan")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1));
        Map<String, Object> input = Map.of("organisation", "By hand", "plan", "free");
        String made = given().spec(operator)
                .header("Idempotency-Key", "made-once")
                .contentType("application/json")
                .body(input)
                .post("/v1/tenants")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        assertEquals(
                made,
                given().spec(operator)
                        .header("Idempotency-Key", "made-once")
                        .contentType("application/json")
                        .body(input)
                        .post("/v1/tenants")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id"));
        given().spec(operator)
                .contentType("application/json")
                .body(Map.of("reason", "gone", "graceDays", 7))
                .post("/v1/tenants/" + made + "/delete")
                .then()
                .statusCode(200)
                .body("eraseAfter", notNullValue());
        given().spec(operator)
                .contentType("application/json")
                .body(Map.of("reason", "back"))
                .post("/v1/tenants/" + made + "/restore")
                .then()
                .statusCode(200);
        given().spec(operator)
                .get("/v1/plans/enterprise")
                .then()
                .statusCode(200)
                .header("etag", notNullValue());
        given().spec(operator)
                .contentType("application/json")
                .body(
                        "{\"name\":\"Gold\",\"isolation\":\"storage\",\"limits\":{\"maxCollections\":0,"
                                + "\"maxVectorsPerCollection\":1,\"maxStorageBytes\":1,\"maxRequestsPerMinute\":1,\"maxInferenceTokensPerMinute\":1}}")
                .put("/v1/plans/gold")
                .then()
                .statusCode(422)
                .body("errors[0].field", containsString("maxCollections"));
        given().spec(operator).get("/v1/keys").then().statusCode(403);
        String forged = people.token("olga@example.com", PASSWORD);
        given().header("authorization", "Bearer " + forged.substring(0, forged.length() - 6) + "AAAAAA")
                .get("/v1/tenants")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
    }

    private static void signUp(String organisation, String email) {
        given().contentType("application/json")
                .body(Map.of("organisation", organisation, "email", email, "password", PASSWORD))
                .post("/v1/signup")
                .then()
                .statusCode(202);
    }

    private static CaughtMail mail(String to) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> TestServers.keycloak().mail().messages(to), mails -> !mails.isEmpty())
                .getFirst();
    }

    private static RequestSpecification bearer(String token) {
        return given().header("authorization", "Bearer " + token);
    }
}
