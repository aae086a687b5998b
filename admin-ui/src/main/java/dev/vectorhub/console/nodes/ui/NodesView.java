package dev.vectorhub.console.nodes.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.vectorhub.console.access.Need;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.access.Viewers;
import dev.vectorhub.console.format.Units;
import dev.vectorhub.console.nodes.Damage;
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
import dev.vectorhub.console.part.Table;
import dev.vectorhub.console.part.When;
import dev.vectorhub.console.shell.MainLayout;
import dev.vectorhub.node.EngineNode;
import dev.vectorhub.node.NodeState;
import java.time.Instant;
import java.util.ArrayList;
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
        List<Damage> damages = desk.damages(Viewers.current());
        if (!damages.isEmpty()) {
            add(damages(damages));
        }
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
        List<Component> content = new ArrayList<>();
        content.add(badge);
        if (node.quarantinedCount() > 0) {
            content.add(warning("A file is damaged: "
                    + Units.plural(node.quarantinedCount(), "tenant or collection", "tenants or collections")
                    + " out of service, listed below."));
        }
        if (node.lastError() != null) {
            content.add(warning("Last answer: " + node.lastError()));
        }
        content.add(new QuotaBar("Disk", node.diskBytes(), node.capacityBytes(), Units::bytes));
        content.add(new QuotaBar("Vectors", node.points(), node.capacityPoints(), Units::shortCount));
        content.add(facts);
        panel.show(content.toArray(Component[]::new));
        return panel;
    }

    private static Paragraph warning(String text) {
        Paragraph paragraph = new Paragraph(text);
        paragraph.addClassName("warning");
        return paragraph;
    }

    private static Panel damages(List<Damage> damages) {
        return new Panel("Out of service")
                .explained(
                        "Requests to these answer 503. Restore them from a backup, then delete what is damaged; or bring the"
                                + " file back and restart the node.")
                .show(new Table<Damage>("Out of service")
                        .component("Tenant", NodesView::tenant)
                        .component("Collection", NodesView::collection)
                        .component("What is wrong", damage -> {
                            Span why = new Span(damage.why());
                            why.addClassName("note");
                            return why;
                        })
                        .of(damages));
    }

    private static Component tenant(Damage damage) {
        return damage.owner() == null
                ? new Span(damage.id() == null ? "" : "unknown")
                : new Anchor(
                        "/tenants/" + damage.owner().tenant(), damage.owner().organisation());
    }

    private static Component collection(Damage damage) {
        Span name = new Span(
                damage.owner() == null
                        ? damage.thing()
                        : damage.owner().collection().isEmpty()
                                ? "all"
                                : damage.owner().collection());
        name.setTitle(damage.thing());
        return name;
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
