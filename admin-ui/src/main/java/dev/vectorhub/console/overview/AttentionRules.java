package dev.vectorhub.console.overview;

import dev.vectorhub.console.format.Units;
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
    /** A node that was not heard from for this long is taken as gone. */
    public static final Duration SILENT_AFTER = Duration.ofSeconds(30);

    /** What a rule needs to know of a tenant. */
    public record TenantFact(String id, String organisation, String state, Instant stateSince, double storageShare) {}

    /** What a rule needs to know of a node. */
    public record NodeFact(String id, Instant seenAt, double usedShare) {}

    private AttentionRules() {}

    public static List<Attention> of(List<TenantFact> tenants, List<NodeFact> nodes, Instant now) {
        List<Attention> found = new ArrayList<>();
        if (nodes.isEmpty()) {
            found.add(new Attention(
                    true,
                    "No engine node is registered",
                    "Without one no tenant can be placed and no request answered.",
                    "Start the hub's API, which brings an embedded engine, or join a node.",
                    "/nodes"));
        }
        for (NodeFact node : nodes) {
            Duration silent = Duration.between(node.seenAt(), now);
            if (silent.compareTo(SILENT_AFTER) > 0) {
                found.add(new Attention(
                        true,
                        "Node " + node.id() + " is silent",
                        "It was not heard from for " + Units.plural(silent.toSeconds(), "second", "seconds")
                                + "; its tenants may not be served.",
                        "Check its process and its log; it reports by itself once it runs.",
                        "/nodes"));
            } else if (node.usedShare() >= WARN) {
                found.add(new Attention(
                        node.usedShare() >= CRITICAL,
                        "Node " + node.id() + " is " + Units.percent(node.usedShare()) + " full",
                        "When it is full, writes of all its tenants are refused.",
                        "Add a node or give it more disk.",
                        "/nodes"));
            }
        }
        for (TenantFact tenant : tenants) {
            String link = "/tenants/" + tenant.id();
            boolean stuck = tenant.state().equals("PROVISIONING")
                    && Duration.between(tenant.stateSince(), now).compareTo(PROVISIONING_MAX) > 0;
            if (stuck) {
                found.add(new Attention(
                        true,
                        tenant.organisation() + " waits for its place",
                        "It is being provisioned for longer than " + PROVISIONING_MAX.toMinutes()
                                + " minutes and cannot be used.",
                        "See whether a node has room and is heard from.",
                        link));
            } else if (tenant.state().equals("READ_ONLY")) {
                found.add(new Attention(
                        true,
                        tenant.organisation() + " is read-only",
                        "It stores more than its plan allows, so its writes are refused.",
                        "Offer a larger plan, or ask it to delete data.",
                        link));
            } else if (tenant.storageShare() >= WARN && tenant.state().equals("ACTIVE")) {
                found.add(new Attention(
                        tenant.storageShare() >= CRITICAL,
                        tenant.organisation() + " uses " + Units.percent(tenant.storageShare()) + " of its storage",
                        "At 100 % its writes are refused.",
                        "Offer a larger plan before it is full.",
                        link));
            }
        }
        found.sort(Comparator.comparing(Attention::critical).reversed());
        return found;
    }
}
