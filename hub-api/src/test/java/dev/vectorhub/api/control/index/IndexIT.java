package dev.vectorhub.api.control.index;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The guide's presets by name, and values, for a collection. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class IndexIT {
    private static final String INDEX = "/v1/collections/docs/index";

    @Inject
    Tenants tenants;

    @Test
    void aPresetIsSetByNameShownInQdrantsFormAndKeptByOtherChanges() {
        String key = tenants.key(tenants.active("Index", "default")).secret();
        call(key, "PUT", "/collections/docs", "{\"vectors\":{\"size\":4,\"distance\":\"Dot\"}}")
                .statusCode(200);
        call(key, "GET", INDEX, "").body("m", equalTo(0)).body("preset", nullValue());
        call(key, "PUT", INDEX, "{\"preset\":\"high_recall\"}")
                .statusCode(200)
                .body("m", equalTo(32))
                .body("efConstruct", equalTo(400))
                .body("efSearch", equalTo(200))
                .body("preset", equalTo("high_recall"));
        call(key, "GET", "/collections/docs", "")
                .body("result.config.hnsw_config.m", equalTo(32))
                .body("result.config.hnsw_config.ef_construct", equalTo(400));
        call(key, "PATCH", "/collections/docs", "{\"hnsw_config\":{\"m\":24}}").statusCode(200);
        call(key, "GET", INDEX, "")
                .body("m", equalTo(24))
                .body("efSearch", equalTo(200))
                .body("preset", nullValue());
        call(key, "PUT", INDEX, "{\"efSearch\":77}").body("m", equalTo(24)).body("efSearch", equalTo(77));
        call(key, "PUT", "/collections/docs/points?wait=true", "{\"points\":[{\"id\":1,\"vector\":[1,0,0,0]}]}")
                .statusCode(200);
        call(key, "POST", "/collections/docs/points/query", "{\"query\":[1,0,0,0],\"limit\":1}")
                .body("result.points[0].id", equalTo(1));
    }

    @Test
    void whatIsNoSettingIsNamed() {
        String key = tenants.key(tenants.active("Index", "default")).secret();
        call(key, "PUT", "/collections/docs", "{\"vectors\":{\"size\":4,\"distance\":\"Dot\"}}")
                .statusCode(200);
        call(key, "PUT", INDEX, "{\"preset\":\"fastest\"}")
                .statusCode(422)
                .body("detail", containsString("fast_search"));
        call(key, "PUT", INDEX, "{\"m\":-1,\"efSearch\":70000}").statusCode(422).body("errors.size()", equalTo(2));
        call(key, "PUT", INDEX, "{\"preset\":\"balanced\",\"m\":5}").statusCode(422);
        call(key, "GET", "/v1/collections/none/index", "").statusCode(404);
        String other = tenants.key(tenants.active("Other", "default")).secret();
        call(other, "GET", INDEX, "").statusCode(404);
    }

    private static ValidatableResponse call(String key, String method, String path, String body) {
        var request = given().header("api-key", key);
        if (!body.isEmpty()) {
            request = request.contentType("application/json").body(body);
        }
        return request.request(method, path).then();
    }
}
