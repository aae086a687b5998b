package dev.vectorhub.console.nodes;

import dev.vectorhub.collection.CollectionOwners;
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
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What operators see of engine nodes and do with them. */
@ApplicationScoped
public class NodeDesk {
    private final Admissions admissions;
    private final NodeService nodes;
    private final CollectionOwners owners;

    @Inject
    public NodeDesk(Admissions admissions, NodeService nodes, CollectionOwners owners) {
        this.admissions = admissions;
        this.nodes = nodes;
        this.owners = owners;
    }

    public List<EngineNode> list(Viewer viewer) {
        admissions.operator(viewer);
        return nodes.list();
    }

    /** What the nodes cannot serve, and whose it is; of each node the first few. */
    public List<Damage> damages(Viewer viewer) {
        admissions.operator(viewer);
        List<Damage> found = nodes.list().stream()
                .flatMap(node -> node.quarantined().stream())
                .map(Damage::of)
                .toList();
        Map<UUID, CollectionOwners.Owner> known = owners.of(
                found.stream().map(Damage::id).filter(Objects::nonNull).toList());
        return found.stream()
                .map(damage -> damage.ownedBy(known.get(damage.id())))
                .toList();
    }

    /** Lets the node have new tenants, or no more. */
    public EngineNode setState(Viewer viewer, String node, NodeState state, String reason) {
        Actor actor = admissions.operator(viewer);
        return nodes.setState(node, state, Change.by(actor, reason));
    }
}
