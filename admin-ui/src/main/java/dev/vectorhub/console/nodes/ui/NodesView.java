package dev.vectorhub.console.nodes.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.vectorhub.console.access.Need;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.access.Viewers;
import dev.vectorhub.console.format.Units;
import dev.vectorhub.console.nodes.NodeDesk;
import dev.vectorhub.console.nodes.NodeLoad;
import dev.vectorhub.console.part.Badge;
import dev.vectorhub.console.part.EmptyState;
import dev.vectorhub.console.part.Notices;
import dev.vectorhub.console.part.PageBody;
import dev.vectorhub.console.part.PageHead;
import dev.vectorhub.console.part.Panel;
import dev.vectorhub.console.part.QuotaBar;
import dev.vectorhub.console.part.ReasonDialog;
import dev.vectorhub.console.part.When;
import dev.vectorhub.console.shell.MainLayout;
import dev.vectorhub.node.EngineNode;
import dev.vectorhub.node.NodeState;
import java.time.Instant;
import java.util.List;

/** The engine's nodes: how full, how alive, and whether they get new tenants. */
@Route(value = "nodes", layout = MainLayout.class)
@PageTitle("Nodes · Vectorizer Hub")
@Requires(Need.OPERATOR)
class NodesView extends PageBody implements BeforeEnterObserver {
    private final transient NodeDesk desk;

    NodesView(NodeDesk desk) {
        this.desk = desk;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        load();
    }

    private void load() {
        Instant now = Instant.now();
        List<EngineNode> nodes = desk.list(Viewers.current());
        removeAll();
        add(new PageHead("Nodes")
                .lead("Processes that hold the tenants' data. New tenants go where there is most room."));
        if (nodes.isEmpty()) {
            add(new EmptyState(
                    "No node yet", "Start the hub's API: its embedded engine registers by itself within seconds."));
            return;
        }
        Div cards = new Div();
        cards.addClassName("cards");
        for (EngineNode node : nodes) {
            cards.add(card(node, now));
        }
        add(cards);
    }

    private Component card(EngineNode node, Instant now) {
        boolean silent = NodeLoad.silent(node, now);
        boolean draining = node.state() == NodeState.DRAINING;
        Badge badge = silent
                ? new Badge("Silent", Badge.Tone.BAD)
                : draining ? new Badge("Draining", Badge.Tone.WARN) : new Badge("Ready", Badge.Tone.GOOD);
        DescriptionList facts = new DescriptionList();
        facts.addClassName("facts");
        fact(
                facts,
                "Tenants",
                Units.count(node.placedTenants()) + " placed, " + Units.count(node.tenants()) + " there");
        fact(facts, "Collections", Units.count(node.collections()));
        fact(facts, "Disk free", Units.bytes(node.diskFreeBytes()));
        if (node.backlogPoints() > 0) {
            fact(facts, "Wait for their graph", Units.plural(node.backlogPoints(), "point", "points"));
        }
        fact(facts, "Distance kernel", node.kernel().isEmpty() ? "unknown" : node.kernel());
        facts.add(
                new DescriptionList.Term("Heard from"),
                new DescriptionList.Description(new When(node.heartbeatAt(), now, "never")));
        Button change = new Button(draining ? "Accept tenants" : "Drain", click -> ask(node, draining));
        change.addThemeVariants(ButtonVariant.SMALL);
        change.setAriaLabel((draining ? "Accept tenants on " : "Drain ") + node.id());
        Panel panel = new Panel(node.id()).explained(node.address()).actions(change);
        panel.show(
                badge,
                new QuotaBar("Disk", node.diskBytes(), node.capacityBytes(), Units::bytes),
                new QuotaBar("Vectors", node.points(), node.capacityPoints(), Units::shortCount),
                facts);
        if (node.quarantinedCount() > 0) {
            Paragraph damaged = new Paragraph(
                    "Out of service because a file is damaged: " + Units.count(node.quarantinedCount()) + ".");
            damaged.addClassName("warning");
            UnorderedList lines = new UnorderedList();
            node.quarantined().forEach(line -> lines.add(new ListItem(line)));
            panel.show(badge, damaged, lines, facts);
        }
        if (node.lastError() != null) {
            Paragraph error = new Paragraph("Last answer: " + node.lastError());
            error.addClassName("warning");
            panel.show(badge, error, facts);
        }
        return panel;
    }

    private static void fact(DescriptionList facts, String term, String text) {
        facts.add(new DescriptionList.Term(term), new DescriptionList.Description(text));
    }

    private void ask(EngineNode node, boolean draining) {
        NodeState next = draining ? NodeState.ACTIVE : NodeState.DRAINING;
        new ReasonDialog(
                        draining ? "Accept tenants on " + node.id() : "Drain " + node.id(),
                        draining ? "Accept" : "Drain",
                        draining
                                ? "New tenants may be placed on it again."
                                : "It keeps what it has and gets no new tenants.",
                        false,
                        reason -> {
                            desk.setState(Viewers.current(), node.id(), next, reason);
                            Notices.done(node.id() + (draining ? " accepts tenants." : " gets no new tenants."));
                            load();
                        })
                .open();
    }
}
