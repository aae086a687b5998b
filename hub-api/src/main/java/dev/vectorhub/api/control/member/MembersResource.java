package dev.vectorhub.api.control.member;

import dev.vectorhub.api.control.Caller;
import dev.vectorhub.api.control.ControlOperation;
import dev.vectorhub.api.control.ControlOperation.Audience;
import dev.vectorhub.api.control.StrictJson;
import dev.vectorhub.identity.MemberRole;
import dev.vectorhub.identity.MemberService;
import dev.vectorhub.identity.Membership;
import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /v1/members}: who belongs to the caller's tenant. */
@Path("/v1/members")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Members")
@CustomDeserialization(StrictJson.class)
public class MembersResource {

    private final MemberService members;

    @Inject
    MembersResource(MemberService members) {
        this.members = members;
    }

    /** Somebody who belongs to the tenant. */
    @Schema(name = "Member")
    public record MemberView(String subject, String email, MemberRole role, Instant createdAt) {
        static MemberView of(Membership member) {
            return new MemberView(member.subject(), member.email(), member.role(), member.createdAt());
        }
    }

    /** All members: a tenant's people fit one list. */
    @Schema(name = "MemberList")
    public record MemberList(List<MemberView> items) {}

    /** Whom to invite. */
    @Schema(name = "Invitation")
    public record Invitation(@NotBlank @Size(max = 254) String email) {}

    @GET
    @Operation(operationId = "membersList", summary = "Lists the people of the tenant")
    @ControlOperation(name = "members.list", audience = Audience.TENANT)
    public MemberList list(@Context RoutingContext http) {
        return new MemberList(members.of(Caller.tenant(http).tenant()).stream()
                .map(MemberView::of)
                .toList());
    }

    @POST
    @Path("/invitations")
    @APIResponse(responseCode = "202", description = "The mail is on its way")
    @Operation(
            operationId = "membersInvite",
            summary = "Sends an invitation by mail; whoever accepts it becomes a member")
    @ControlOperation(name = "members.invite", audience = Audience.TENANT, ownersOnly = true)
    public Response invite(@NotNull @Valid Invitation input, @Context RoutingContext http) {
        Caller.OfTenant caller = Caller.tenant(http);
        members.invite(caller.tenant(), input.email(), caller.actor());
        return Response.accepted().build();
    }

    @POST
    @Path("/refresh")
    @Operation(
            operationId = "membersRefresh",
            summary = "Looks up who has accepted an invitation, and lists all members")
    @ControlOperation(name = "members.refresh", audience = Audience.TENANT, ownersOnly = true)
    public MemberList refresh(@Context RoutingContext http) {
        members.adopt(Caller.tenant(http).tenant());
        return list(http);
    }

    @DELETE
    @Path("/{subject}")
    @APIResponse(responseCode = "204", description = "No member any more")
    @Operation(operationId = "membersRemove", summary = "Takes somebody out of the tenant; the last owner stays")
    @ControlOperation(name = "members.remove", audience = Audience.TENANT, ownersOnly = true)
    public void remove(@PathParam("subject") String subject, @Context RoutingContext http) {
        Caller.OfTenant caller = Caller.tenant(http);
        members.remove(caller.tenant(), subject, caller.actor());
    }
}
