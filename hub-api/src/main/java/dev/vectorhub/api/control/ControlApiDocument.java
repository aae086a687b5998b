package dev.vectorhub.api.control;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Adds to the document what holds for each operation alike: how to authenticate, and what errors look like. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ControlApiDocument implements OASFilter {

    private static final String PROBLEM = "Problem";
    private static final String ERROR = "ErrorResponse";
    private static final String KEY = "apiKey";
    private static final String BEARER = "bearer";

    private static final Map<String, String> PROBLEMS = Map.of(
            "400", "Not a request that can be read",
            "401", "No or no valid credentials",
            "403", "Not permitted, or not in the tenant's state, or over a quota",
            "404", "Does not exist, or belongs to somebody else",
            "422", "Fields that are not valid, each with what is wrong",
            "429", "Too many requests; see Retry-After",
            "default", "Any other problem");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Components components = document.getComponents();
        if (components == null) {
            components = OASFactory.createComponents();
            document.setComponents(components);
        }
        components.addSchema(PROBLEM, problem());
        if (components.getSchemas().get(ERROR) == null) {
            components.addSchema(ERROR, error());
        }
        components.addSecurityScheme(
                KEY,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.HEADER)
                        .name("api-key")
                        .description("A key of the hub"));
        components.addSecurityScheme(
                BEARER,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("An access token of the identity provider, or a key of the hub"));
        document.setSecurity(List.of(
                OASFactory.createSecurityRequirement().addScheme(KEY),
                OASFactory.createSecurityRequirement().addScheme(BEARER)));
        if (document.getPaths() == null) {
            return;
        }
        document.getPaths().getPathItems().forEach(ControlApiDocument::complete);
    }

    private static void complete(String path, PathItem item) {
        boolean control = path.startsWith("/v1/");
        for (Operation operation : item.getOperations().values()) {
            if (control) {
                PROBLEMS.forEach((status, description) -> add(operation, status, description, true));
            } else {
                add(operation, "default", "An error, in Qdrant's form", false);
            }
        }
    }

    private static void add(Operation operation, String status, String description, boolean control) {
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        APIResponse present = operation.getResponses().getAPIResponse(status);
        if (present != null && present.getContent() != null) {
            return;
        }
        Content content = OASFactory.createContent()
                .addMediaType(
                        control ? "application/problem+json" : "application/json",
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref(control ? PROBLEM : ERROR)));
        APIResponse response =
                OASFactory.createAPIResponse().description(description).content(content);
        operation.getResponses().addAPIResponse(status, response);
    }

    private static Schema problem() {
        return object("A problem (RFC 9457)")
                .addProperty("type", text("Which kind of problem: urn:vectorhub:problem:…"))
                .addProperty("title", text("The kind in words"))
                .addProperty("status", number("HTTP status"))
                .addProperty("detail", text("What happened this time"))
                .addProperty("instance", text("The path that was called"))
                .addProperty("requestId", text("As in the header x-request-id"))
                .addProperty("limit", number("With quota-exceeded and rate-limited: the ceiling"))
                .addProperty("layer", text("With rate-limited: whose limit it is: key, tenant, user or node"))
                .addProperty("retryAfterSeconds", number("With rate-limited: how long to wait"))
                .addProperty("used", number("With quota-exceeded: what is in use"))
                .addProperty("requested", number("With quota-exceeded: what the call would have added"))
                .addProperty(
                        "errors",
                        OASFactory.createSchema()
                                .type(List.of(Schema.SchemaType.ARRAY))
                                .items(object("One thing wrong with one field")
                                        .addProperty("field", text("The field's path"))
                                        .addProperty("message", text("What is wrong"))));
    }

    private static Schema error() {
        return object("An error in Qdrant's form")
                .addProperty(
                        "status",
                        object("What went wrong")
                                .addProperty("error", text("The sentence for a reader"))
                                .addProperty("type", text("The problem's type, where it has one")))
                .addProperty("time", number("Seconds"));
    }

    private static Schema object(String description) {
        return OASFactory.createSchema().type(List.of(Schema.SchemaType.OBJECT)).description(description);
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING)).description(description);
    }

    private static Schema number(String description) {
        return OASFactory.createSchema().type(List.of(Schema.SchemaType.NUMBER)).description(description);
    }
}
