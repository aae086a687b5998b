package dev.vectorhub.console.overview;

import dev.vectorhub.console.format.Times;
import dev.vectorhub.console.format.Units;
import dev.vectorhub.console.nodes.Damage;
import dev.vectorhub.console.nodes.NodeLoad;
import dev.vectorhub.node.EngineNode;
import dev.vectorhub.tenant.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Decides what needs attention. Pure: facts in, sentences out, the worst first. */
public final class AttentionRules {
    /** Shares of a limit from which the hub warns, as the quota bars colour them. */
    static final double WARN = 0.80;

    static final double CRITICAL = 0.95;
    /** A tenant that is not placed within this time is not going to be by itself. */
    static final Duration PROVISIONING_MAX = Duration.ofMinutes(5);

    /**
     * What a rule needs to know of a tenant.
     *
     * @param storageShare used of the plan's storage, 0 to 1 and above
     */
    public record TenantFact(Tenant tenant, double storageShare) {}

    private AttentionRules() {}

    public static List<Attention> of(List<TenantFact> tenants, List<EngineNode> nodes, Instant now) {
        List<Attention> found = new ArrayList<>();
        if (nodes.isEmpty()) {
            found.add(new Attention(
                    true,
                    "No engine node is registered",
                    "Without one no tenant can be placed and no request answered.",
                    "Start the hub's API, which brings an embedded engine, or join a node.",
                    "/nodes"));
        }
        for (EngineNode node : nodes) {
            if (node.quarantinedCount() > 0) {
                found.add(quarantined(node));
            }
            double share = NodeLoad.share(node);
            if (NodeLoad.silent(node, now)) {
                found.add(new Attention(
                        true,
                        "Node " + node.id() + " is silent",
                        (node.heartbeatAt() == null
                                        ? "It never answered"
                                        : "It answered last " + Times.relative(node.heartbeatAt(), now))
                                + "; its tenants may not be served.",
                        "Check its process and its log; it reports by itself once it runs.",
                        "/nodes"));
            } else if (share >= WARN) {
                found.add(new Attention(
                        share >= CRITICAL,
                        "Node " + node.id() + " is " + Units.percent(share) + " full",
                        "When it is full, writes of all its tenants are refused.",
                        "Add a node or give it more disk.",
                        "/nodes"));
            }
        }
        for (TenantFact fact : tenants) {
            about(fact.tenant(), fact.storageShare(), now, found);
        }
        found.sort(Comparator.comparing(Attention::critical).reversed());
        return found;
    }

    private static Attention quarantined(EngineNode node) {
        // The file's name without its folders: which collection it is of stands on the node's page.
        String first = node.quarantined().isEmpty()
                ? ""
                : ": " + Damage.of(node.quarantined().getFirst()).why().replaceAll("\\S*/", "");
        return new Attention(
                true,
                "Node " + node.id() + " cannot serve "
                        + Units.plural(node.quarantinedCount(), "tenant or collection", "tenants or collections"),
                "A file is damaged, so their requests answer 503; everybody else is served" + first + ".",
                "See which on the node's page; restore them from a backup, or bring the file back and restart the node.",
                "/nodes");
    }

    private static void about(Tenant tenant, double storageShare, Instant now, List<Attention> found) {
        String link = "/tenants/" + tenant.id();
        switch (tenant.state()) {
            case PROVISIONING -> {
                if (Duration.between(tenant.stateSince(), now).compareTo(PROVISIONING_MAX) > 0) {
                    found.add(new Attention(
                            true,
                            tenant.organisation() + " waits for its place",
                            "It is being provisioned for longer than " + PROVISIONING_MAX.toMinutes()
                                    + " minutes and cannot be used.",
                            "See whether a node has room and is heard from.",
                            link));
                }
            }
            case READ_ONLY ->
                found.add(new Attention(
                        true,
                        tenant.organisation() + " is read-only",
                        "It stores more than its plan allows, so its writes are refused.",
                        "Offer a larger plan, or ask it to delete data.",
                        link));
            case ACTIVE -> {
                if (storageShare >= WARN) {
                    found.add(new Attention(
                            storageShare >= CRITICAL,
                            tenant.organisation() + " uses " + Units.percent(storageShare) + " of its storage",
                            "At 100 % its writes are refused.",
                            "Offer a larger plan before it is full.",
                            link));
                }
            }
            case PENDING, SUSPENDED, DELETING, DELETED -> {}
        }
    }
}
