package dev.vectorhub.api.control.signup;

import dev.vectorhub.api.control.ControlOperation;
import dev.vectorhub.api.control.ControlOperation.Audience;
import dev.vectorhub.api.control.Params;
import dev.vectorhub.api.control.StrictJson;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.signup.Completion;
import dev.vectorhub.signup.SignupRequest;
import dev.vectorhub.signup.SignupService;
import dev.vectorhub.tenant.IsolationMode;
import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /v1/signup}. */
@Path("/v1/signup")
@Tag(name = "Signup")
@CustomDeserialization(StrictJson.class)
public class SignupResource {

    private final SignupService signups;
    private final String consoleUrl;

    @Inject
    SignupResource(SignupService signups, @ConfigProperty(name = "hub.console.url") String consoleUrl) {
        this.signups = signups;
        this.consoleUrl = consoleUrl;
    }

    /** The form. */
    @Schema(
            name = "Signup",
            requiredProperties = {"organisation", "email", "password"})
    public record SignupForm(
            @Nullable String organisation,
            @Nullable String email,

            @Schema(description = "10 to 128 characters, neither the address nor the organisation") @Nullable
            String password,

            @Schema(description = "A plan's code; absent takes the default") @Nullable
            String plan,

            @Schema(implementation = IsolationMode.class, description = "Absent takes the plan's") @Nullable
            String isolation) {

        SignupRequest toRequest() {
            // What is missing is empty: the service tells all that is wrong at once.
            return new SignupRequest(
                    text(organisation),
                    text(email),
                    text(password),
                    plan,
                    Params.oneOf("isolation", isolation, IsolationMode.class));
        }

        private static String text(@Nullable String value) {
            return value == null ? "" : value;
        }

        @Override
        public String toString() {
            return "SignupForm[organisation=" + organisation + "]";
        }
    }

    /** The same answer for every address, known or not. */
    @Schema(name = "SignupAccepted")
    public record Accepted(String message) {}

    /** How far a signup is. */
    @Schema(name = "SignupStatus")
    public record Status(
            State state,

            @Schema(description = "Once the address is verified") @Nullable
            UUID tenant) {
        /** Of the signup, not of the tenant. */
        public enum State {
            COMPLETED,
            NOT_VERIFIED
        }
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @APIResponse(
            responseCode = "202",
            description = "If the address is new, a mail is on its way to it",
            content = @Content(schema = @Schema(implementation = Accepted.class)))
    @Operation(operationId = "signup", summary = "Signs up an organisation; the mail that follows has a link to go on")
    @ControlOperation(name = "signup", audience = Audience.PUBLIC)
    public Response signup(@NotNull SignupForm form, @Context RoutingContext http) {
        signups.signup(form.toRequest(), http.request().remoteAddress().hostAddress());
        return Response.accepted(new Accepted("If the address is new to us, a mail with a link is on its way to it."))
                .build();
    }

    @GET
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "signupStatus", summary = "Tells how far a signup is; the id stands in the mail's link")
    @ControlOperation(name = "signup.status", audience = Audience.PUBLIC)
    public Status status(@PathParam("id") String id) {
        return switch (signups.complete(id)) {
            case Completion.Completed completed ->
                new Status(Status.State.COMPLETED, completed.tenant().value());
            case Completion.NotVerified pending -> new Status(Status.State.NOT_VERIFIED, null);
            case Completion.Unknown unknown -> throw ProblemException.notFound("signup", shown(id));
        };
    }

    @GET
    @Path("/complete")
    @Produces(MediaType.TEXT_HTML)
    @Operation(operationId = "signupComplete", summary = "Where the mail's link ends: a page that says what happened")
    @ControlOperation(name = "signup.complete", audience = Audience.PUBLIC)
    public Response complete(@QueryParam("signup") @Nullable String signup) {
        CompletionPage page = switch (outcome(signup)) {
            case Completion.Completed completed -> CompletionPage.completed(consoleUrl);
            case Completion.NotVerified pending -> CompletionPage.notVerified();
            case Completion.Unknown unknown -> CompletionPage.unknown(consoleUrl);
            case null -> CompletionPage.later();
        };
        return page.toResponse();
    }

    /** Null where the identity provider cannot be asked now. */
    private @Nullable Completion outcome(@Nullable String signup) {
        if (signup == null) {
            return new Completion.Unknown();
        }
        try {
            return signups.complete(signup);
        } catch (ProblemException e) {
            return null;
        }
    }

    private static String shown(String id) {
        return id.length() > 64 ? id.substring(0, 64) : id;
    }
}
