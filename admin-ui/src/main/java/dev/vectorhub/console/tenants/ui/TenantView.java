package dev.vectorhub.console.tenants.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.vectorhub.apikey.KeyView;
import dev.vectorhub.billing.rollup.RequestPoint;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Need;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.access.Viewers;
import dev.vectorhub.console.backups.BackupDesk;
import dev.vectorhub.console.backups.ui.BackupsPanel;
import dev.vectorhub.console.backups.ui.Shelf;
import dev.vectorhub.console.chart.ChartFigure;
import dev.vectorhub.console.format.Units;
import dev.vectorhub.console.isolation.ui.IsolationPanel;
import dev.vectorhub.console.keys.ui.KeyTable;
import dev.vectorhub.console.part.EmptyState;
import dev.vectorhub.console.part.Notices;
import dev.vectorhub.console.part.PageBody;
import dev.vectorhub.console.part.PageHead;
import dev.vectorhub.console.part.Panel;
import dev.vectorhub.console.part.ReasonDialog;
import dev.vectorhub.console.part.When;
import dev.vectorhub.console.shell.MainLayout;
import dev.vectorhub.console.tenants.StateWords;
import dev.vectorhub.console.tenants.TenantDesk;
import dev.vectorhub.console.tenants.TenantSheet;
import dev.vectorhub.console.usage.Period;
import dev.vectorhub.console.usage.RequestChart;
import dev.vectorhub.console.usage.ui.LimitBars;
import dev.vectorhub.console.usage.ui.PeriodTabs;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantId;
import dev.vectorhub.tenant.TenantState;
import java.time.Instant;
import java.util.List;

/** One tenant as an operator sees it: usage against quota, requests, keys, what was done to it, and what can be. */
@Route(value = "tenants/:tenant", layout = MainLayout.class)
@Requires(Need.OPERATOR)
class TenantView extends PageBody implements BeforeEnterObserver, HasDynamicTitle {
    private final transient TenantDesk desk;
    private final transient BackupDesk backups;
    private transient TenantId id;
    private String title = "Tenant";

    @SuppressWarnings("NullAway.Init") // the tenant comes with the route, before anything is shown
    TenantView(TenantDesk desk, BackupDesk backups) {
        this.desk = desk;
        this.backups = backups;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        id = Admissions.tenantOf(event.getRouteParameters());
        load();
    }

    @Override
    public String getPageTitle() {
        return title + " · Vectorizer Hub";
    }

    private void load() {
        Instant now = Instant.now();
        TenantSheet sheet = desk.sheet(Viewers.current(), id);
        title = sheet.tenant().organisation();
        removeAll();
        add(
                head(sheet, now),
                wideLeft(
                        requests(),
                        new Panel("Usage against plan")
                                .explained("Plan " + sheet.plan().name())
                                .show(new LimitBars(sheet.usage(), sheet.plan().limits()))),
                isolation(sheet),
                new BackupsPanel(Shelf.ofOperator(backups, id)),
                keys(sheet, now),
                new Panel("Audit")
                        .explained("What was done to this tenant, newest first.")
                        .show(AuditTable.of(sheet.audit(), now)));
    }

    private PageHead head(TenantSheet sheet, Instant now) {
        Tenant tenant = sheet.tenant();
        PageHead head = new PageHead(tenant.organisation())
                .under("Tenants", "/tenants")
                .meta(
                        StateWords.badge(tenant.state()),
                        new Span("Plan " + sheet.plan().name()),
                        new Span(StateWords.of(tenant.isolation())),
                        created(tenant, now),
                        new Code(tenant.id().toString()));
        if (tenant.contactEmail() != null) {
            head.meta(new Anchor("mailto:" + tenant.contactEmail(), tenant.contactEmail()));
        }
        if (tenant.stateReason() != null && tenant.state() != TenantState.ACTIVE) {
            head.lead(StateWords.of(tenant.state()) + ": " + tenant.stateReason());
        }
        head.actions(TenantActionButtons.of(desk, sheet, this::load));
        return head;
    }

    private static Span created(Tenant tenant, Instant now) {
        Span span = new Span("Created ");
        span.add(new When(tenant.createdAt(), now, ""));
        return span;
    }

    private Component isolation(TenantSheet sheet) {
        return sheet.isolation() == null
                ? IsolationPanel.none()
                : new IsolationPanel(sheet.isolation(), () -> desk.isolation(Viewers.current(), id));
    }

    private Panel requests() {
        Panel panel = new Panel("Requests");
        panel.actions(new PeriodTabs(Period.DAY, period -> showRequests(panel, period)));
        showRequests(panel, Period.DAY);
        return panel;
    }

    private void showRequests(Panel panel, Period period) {
        List<RequestPoint> points = desk.requests(Viewers.current(), id, period);
        Span total = new Span(
                Units.plural(RequestChart.total(points), "request", "requests") + " in the last " + period.label());
        total.addClassName("soft");
        panel.show(
                total,
                new ChartFigure(
                        RequestChart.of(points, period),
                        720,
                        230,
                        "As soon as this tenant's programs send requests, they are counted here."));
    }

    private Panel keys(TenantSheet sheet, Instant now) {
        Panel panel = new Panel("API keys").explained("Secrets are never kept; a key is known by its beginning.");
        return sheet.keys().isEmpty()
                ? panel.show(new EmptyState(
                        "No keys",
                        "Members of the tenant create keys on their own page; nothing can reach its data before."))
                : panel.show(KeyTable.of(sheet.keys(), now, this::revoke));
    }

    private void revoke(KeyView key) {
        new ReasonDialog(
                        "Revoke “" + key.name() + "”",
                        "Revoke",
                        "Requests with this key are refused within two seconds. It cannot be taken back.",
                        true,
                        reason -> {
                            desk.revokeKey(Viewers.current(), id, key.id(), reason);
                            Notices.done("“" + key.name() + "” is revoked.");
                            load();
                        })
                .open();
    }
}
