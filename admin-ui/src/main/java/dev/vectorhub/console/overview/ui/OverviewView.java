package dev.vectorhub.console.overview.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.vectorhub.console.access.Need;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.access.Viewers;
import dev.vectorhub.console.chart.ChartFigure;
import dev.vectorhub.console.format.Units;
import dev.vectorhub.console.overview.Attention;
import dev.vectorhub.console.overview.Overview;
import dev.vectorhub.console.overview.OverviewDesk;
import dev.vectorhub.console.part.Badge;
import dev.vectorhub.console.part.EmptyState;
import dev.vectorhub.console.part.PageBody;
import dev.vectorhub.console.part.PageHead;
import dev.vectorhub.console.part.Panel;
import dev.vectorhub.console.part.QuotaBar;
import dev.vectorhub.console.part.Stat;
import dev.vectorhub.console.part.Table;
import dev.vectorhub.console.shell.MainLayout;
import dev.vectorhub.console.tenants.StateWords;
import dev.vectorhub.console.usage.Period;
import dev.vectorhub.console.usage.RequestChart;
import dev.vectorhub.node.EngineNode;
import dev.vectorhub.tenant.TenantState;
import java.util.List;
import java.util.Map;

/** The operator's first page: is all well, how much is going on, where is room. */
@Route(value = "overview", layout = MainLayout.class)
@PageTitle("Overview · Vectorizer Hub")
@Requires(Need.OPERATOR)
class OverviewView extends PageBody implements BeforeEnterObserver {
    private final transient OverviewDesk desk;

    OverviewView(OverviewDesk desk) {
        this.desk = desk;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Overview overview = desk.overview(Viewers.current());
        removeAll();
        add(
                new PageHead("Overview"),
                figures(overview),
                wideLeft(
                        stack(requests(overview), columns(states(overview), capacity(overview))),
                        attention(overview.attention())));
    }

    private static Div figures(Overview overview) {
        long active = overview.states().getOrDefault(TenantState.ACTIVE, 0L);
        long all = 0;
        for (Map.Entry<TenantState, Long> state : overview.states().entrySet()) {
            all += state.getKey() == TenantState.DELETED ? 0 : state.getValue();
        }
        long requests = RequestChart.total(overview.requests());
        return stats(
                new Stat("Load", Units.percent(overview.load()), "of the fullest engine node's capacity")
                        .level(overview.load() >= 0.95 ? "critical" : overview.load() >= 0.8 ? "warn" : "fine"),
                new Stat("Tenants", Units.count(all), Units.count(active) + " active"),
                new Stat(
                        "Requests, 24 h",
                        Units.shortCount(requests),
                        Units.shortCount(requests / 1440.0) + " a minute on average"),
                new Stat(
                        "Stored",
                        Units.bytes(overview.storedBytes()),
                        Units.shortCount(overview.storedPoints()) + " vectors"));
    }

    private static Panel requests(Overview overview) {
        return new Panel("Requests")
                .explained("All tenants, last 24 hours, by hour (UTC)")
                .show(new ChartFigure(
                        RequestChart.of(overview.requests(), Period.DAY),
                        720,
                        240,
                        "As soon as a tenant's programs send requests, they are counted here."));
    }

    private static Panel attention(List<Attention> found) {
        Panel panel = new Panel("Needs attention");
        panel.addClassName("first-if-narrow");
        if (found.isEmpty()) {
            Div well = new Div(new Badge("All is well", Badge.Tone.GOOD));
            well.addClassName("all-well");
            return panel.show(
                    well, new Span("Quotas, nodes and provisioning are watched; what needs you will be listed here."));
        }
        Div list = new Div();
        list.addClassName("attention");
        for (Attention attention : found) {
            Span what = new Span(attention.what());
            what.addClassName("attention-what");
            Span why = new Span(attention.why());
            why.addClassName("attention-why");
            Span fix = new Span(attention.fix() + " ");
            fix.addClassName("attention-fix");
            Anchor open = new Anchor(attention.link(), "Open");
            open.getElement().setAttribute("aria-label", "Open: " + attention.what());
            fix.add(open);
            Div item = new Div(what, why, fix);
            item.addClassName("attention-item");
            item.setClassName("critical", attention.critical());
            list.add(item);
        }
        return panel.show(list);
    }

    private static Panel states(Overview overview) {
        Panel panel = new Panel("Tenants by state");
        Component states = new Table<Map.Entry<TenantState, Long>>("Tenants by state")
                .component("State", entry -> StateWords.badge(entry.getKey()))
                .number("Tenants", entry -> Units.count(entry.getValue()))
                .component("", entry -> {
                    Anchor open = new Anchor(
                            "/tenants?state=" + entry.getKey().name().toLowerCase(java.util.Locale.ROOT), "Show");
                    open.getElement().setAttribute("aria-label", "Show tenants: " + StateWords.of(entry.getKey()));
                    Div actions = new Div(open);
                    actions.addClassName("row-actions");
                    return actions;
                })
                .of(List.copyOf(overview.states().entrySet()));
        return overview.states().isEmpty()
                ? panel.show(new EmptyState(
                        "No tenants yet", "Customers sign up at /signup; you can also create one under Tenants."))
                : panel.show(states);
    }

    private static Panel capacity(Overview overview) {
        Panel panel = new Panel("Engine capacity").explained("What each node holds of what it can hold.");
        if (overview.nodes().isEmpty()) {
            return panel.show(
                    new EmptyState("No engine node", "Start the hub's API: its embedded engine registers by itself."));
        }
        Div bars = new Div();
        bars.addClassName("form");
        for (EngineNode node : overview.nodes()) {
            bars.add(new QuotaBar(node.id(), node.diskBytes(), node.capacityBytes(), Units::bytes));
        }
        return panel.show(bars);
    }
}
