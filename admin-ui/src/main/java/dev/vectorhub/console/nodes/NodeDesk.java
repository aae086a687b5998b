package dev.vectorhub.console.nodes;

import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Viewer;
import dev.vectorhub.node.EngineNode;
import dev.vectorhub.node.NodeService;
import dev.vectorhub.node.NodeState;
import dev.vectorhub.tenant.Actor;
import dev.vectorhub.tenant.Change;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** What operators see of engine nodes and do with them. */
@ApplicationScoped
public class NodeDesk {
    private final Admissions admissions;
    private final NodeService nodes;

    @Inject
    public NodeDesk(Admissions admissions, NodeService nodes) {
        this.admissions = admissions;
        this.nodes = nodes;
    }

    public List<EngineNode> list(Viewer viewer) {
        admissions.operator(viewer);
        return nodes.list();
    }

    /** Lets the node have new tenants, or no more. */
    public EngineNode setState(Viewer viewer, String node, NodeState state, String reason) {
        Actor actor = admissions.operator(viewer);
        return nodes.setState(node, state, Change.by(actor, reason));
    }
}
