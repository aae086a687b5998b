package dev.vectorhub.api.control.node;

import dev.vectorhub.api.control.Caller;
import dev.vectorhub.api.control.ControlOperation;
import dev.vectorhub.api.control.ControlOperation.Audience;
import dev.vectorhub.api.control.StrictJson;
import dev.vectorhub.node.EngineNode;
import dev.vectorhub.node.NodeService;
import dev.vectorhub.node.NodeState;
import dev.vectorhub.tenant.Change;
import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /v1/nodes}: the engine's processes and what they hold. */
@Path("/v1/nodes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Nodes")
@CustomDeserialization(StrictJson.class)
public class NodesResource {

    private final NodeService nodes;

    @Inject
    NodesResource(NodeService nodes) {
        this.nodes = nodes;
    }

    /** All nodes: there are few, so the list has no pages. */
    @Schema(name = "NodeList")
    public record NodeList(List<EngineNode> items) {}

    /** Why a node's state changes. */
    @Schema(name = "NodeReason")
    public record NodeReason(@NotBlank @Size(max = 1000) String reason) {}

    @GET
    @Operation(operationId = "nodesList", summary = "Lists the engine nodes and what they hold")
    @ControlOperation(name = "nodes.list", audience = Audience.OPERATOR)
    public NodeList list() {
        return new NodeList(nodes.list());
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "nodesGet", summary = "Shows a node")
    @ControlOperation(name = "nodes.get", audience = Audience.OPERATOR)
    public EngineNode get(@PathParam("id") String id) {
        return nodes.get(id);
    }

    @POST
    @Path("/{id}/drain")
    @Operation(operationId = "nodesDrain", summary = "Lets the node keep what it has and get no new tenants")
    @ControlOperation(name = "nodes.drain", audience = Audience.OPERATOR)
    public EngineNode drain(
            @PathParam("id") String id, @NotNull @Valid NodeReason input, @Context RoutingContext http) {
        return set(id, NodeState.DRAINING, input, http);
    }

    @POST
    @Path("/{id}/activate")
    @Operation(operationId = "nodesActivate", summary = "Lets the node get new tenants again")
    @ControlOperation(name = "nodes.activate", audience = Audience.OPERATOR)
    public EngineNode activate(
            @PathParam("id") String id, @NotNull @Valid NodeReason input, @Context RoutingContext http) {
        return set(id, NodeState.ACTIVE, input, http);
    }

    private EngineNode set(String id, NodeState state, NodeReason input, RoutingContext http) {
        return nodes.setState(id, state, Change.by(Caller.operator(http).actor(), input.reason()));
    }
}
