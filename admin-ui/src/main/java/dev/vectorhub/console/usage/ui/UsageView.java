package dev.vectorhub.console.usage.ui;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Need;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.access.Viewers;
import dev.vectorhub.console.chart.ChartFigure;
import dev.vectorhub.console.format.Units;
import dev.vectorhub.console.part.EmptyState;
import dev.vectorhub.console.part.PageBody;
import dev.vectorhub.console.part.PageHead;
import dev.vectorhub.console.part.Panel;
import dev.vectorhub.console.part.Table;
import dev.vectorhub.console.shell.MemberLayout;
import dev.vectorhub.console.usage.CostSoFar;
import dev.vectorhub.console.usage.Period;
import dev.vectorhub.console.usage.RequestChart;
import dev.vectorhub.console.usage.UsageDesk;
import dev.vectorhub.console.usage.UsageSheet;
import dev.vectorhub.tenant.TenantId;
import java.util.Map;

/** A member's view of what the tenant uses: against the limits, over time, and what it costs so far. */
@Route(value = "t/:tenant/usage", layout = MemberLayout.class)
@PageTitle("Usage · Vectorizer Hub")
@Requires(Need.MEMBER)
class UsageView extends PageBody implements BeforeEnterObserver {
    private final transient UsageDesk desk;

    UsageView(UsageDesk desk) {
        this.desk = desk;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        TenantId tenant = Admissions.tenantOf(event.getRouteParameters());
        Period period = Period.of(event.getLocation()
                .getQueryParameters()
                .getSingleParameter("period")
                .orElse(""));
        UsageSheet sheet = desk.sheet(Viewers.current(), tenant, period);
        removeAll();
        add(
                new PageHead("Usage")
                        .lead("What your programs use of the plan "
                                + sheet.plan().name() + "."),
                wideLeft(
                        requests(sheet, tenant, period),
                        new Panel("Limits")
                                .show(new LimitBars(sheet.used(), sheet.plan().limits()))),
                cost(sheet.cost()));
    }

    private Panel requests(UsageSheet sheet, TenantId tenant, Period chosen) {
        PeriodTabs periods = new PeriodTabs(
                chosen,
                period -> getUI().ifPresent(ui -> ui.navigate(
                        "t/" + tenant + "/usage", QueryParameters.simple(Map.of("period", period.urlName())))));
        Span total = new Span(Units.plural(RequestChart.total(sheet.requests()), "request", "requests")
                + " in the last " + chosen.label());
        total.addClassName("soft");
        return new Panel("Requests")
                .actions(periods)
                .show(
                        total,
                        new ChartFigure(
                                RequestChart.of(sheet.requests(), chosen),
                                720,
                                240,
                                "Send a first request with the quickstart; it shows up here within seconds."));
    }

    private static Panel cost(CostSoFar cost) {
        Panel panel = new Panel("This month so far").explained(cost.period());
        if (cost.lines().isEmpty()) {
            return panel.show(
                    new EmptyState("Nothing used yet", "Requests and storage of this month are listed here."));
        }
        Table<CostSoFar.Line> table = new Table<CostSoFar.Line>("Usage of this month")
                .text("What", CostSoFar.Line::title)
                .number("Used", CostSoFar.Line::quantity);
        if (!cost.total().isEmpty()) {
            table.number("Price", CostSoFar.Line::price).number("Cost", CostSoFar.Line::cost);
        }
        Span total = new Span(cost.total().isEmpty() ? "" : "Total so far: " + cost.total());
        total.addClassName("card-big");
        return panel.show(table.of(cost.lines()), total);
    }
}
