package dev.vectorhub.console.tenants.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.DataProvider;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.vectorhub.console.access.Need;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.access.Viewers;
import dev.vectorhub.console.part.CursorPages;
import dev.vectorhub.console.part.EmptyState;
import dev.vectorhub.console.part.PageBody;
import dev.vectorhub.console.part.PageHead;
import dev.vectorhub.console.part.When;
import dev.vectorhub.console.shell.MainLayout;
import dev.vectorhub.console.tenants.StateWords;
import dev.vectorhub.console.tenants.TenantDesk;
import dev.vectorhub.console.tenants.TenantFilter;
import dev.vectorhub.plan.Plan;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantQuery;
import dev.vectorhub.tenant.TenantState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** All tenants, a page at a time as the grid is scrolled. Filter and order are in the URL, so a view can be shared. */
@Route(value = "tenants", layout = MainLayout.class)
@PageTitle("Tenants · Vectorizer Hub")
@Requires(Need.OPERATOR)
class TenantsView extends PageBody implements BeforeEnterObserver {
    private static final int PAGE_ROWS = 50;

    private final transient TenantDesk desk;
    private final TextField text = new TextField("Search");
    private final Select<TenantState> state = new Select<>();
    private final Select<String> plan = new Select<>();
    private final Select<TenantQuery.Sort> sort = new Select<>();
    private final Grid<Tenant> grid = new Grid<>();
    private transient TenantFilter filter = TenantFilter.none();
    /** Set while the fields are being filled from the URL, which must not write the URL again. */
    private boolean filling;

    TenantsView(TenantDesk desk) {
        this.desk = desk;
        addClassName("full");
        Button create = new Button("Create tenant", click -> create());
        create.addThemeVariants(ButtonVariant.PRIMARY);
        add(
                new PageHead("Tenants")
                        .lead("Every customer organisation of this hub.")
                        .actions(create),
                filters(),
                grid);
        columns();
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        filter = TenantFilter.of(event.getLocation().getQueryParameters());
        List<String> plans =
                desk.plans(Viewers.current()).stream().map(Plan::code).toList();
        filling = true;
        plan.setItems(plans);
        text.setValue(filter.text());
        state.setValue(filter.state());
        plan.setValue(plans.contains(filter.plan()) ? filter.plan() : null);
        sort.setValue(filter.sort());
        filling = false;
        load();
    }

    private Div filters() {
        text.setPlaceholder("Organisation, e-mail or id");
        text.setClearButtonVisible(true);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.addClassName("grow");
        text.addValueChangeListener(change -> refilter());
        state.setLabel("State");
        state.setItems(TenantState.values());
        state.setItemLabelGenerator(value -> value == null ? "Any state" : StateWords.of(value));
        state.setEmptySelectionAllowed(true);
        state.setEmptySelectionCaption("Any state");
        state.addValueChangeListener(change -> refilter());
        plan.setLabel("Plan");
        plan.setEmptySelectionAllowed(true);
        plan.setEmptySelectionCaption("Any plan");
        plan.setItemLabelGenerator(value -> value == null ? "Any plan" : value);
        plan.addValueChangeListener(change -> refilter());
        sort.setLabel("Order");
        sort.setItems(TenantQuery.Sort.values());
        sort.setItemLabelGenerator(TenantsView::words);
        sort.addValueChangeListener(change -> refilter());
        Div row = new Div(text, state, plan, sort);
        row.addClassName("filters");
        row.getElement().setAttribute("role", "search");
        return row;
    }

    private void columns() {
        grid.addClassName("rows");
        grid.setPageSize(PAGE_ROWS);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(TenantsView::organisation)
                .setHeader("Organisation")
                .setFlexGrow(3)
                .setWidth("15rem");
        grid.addComponentColumn(tenant -> StateWords.badge(tenant.state()))
                .setHeader("State")
                .setWidth("9rem")
                .setFlexGrow(0);
        grid.addColumn(Tenant::plan).setHeader("Plan").setWidth("8rem").setFlexGrow(0);
        grid.addColumn(tenant -> StateWords.of(tenant.isolation()))
                .setHeader("Isolation")
                .setWidth("10rem")
                .setFlexGrow(0);
        grid.addComponentColumn(tenant -> new When(tenant.stateSince(), Instant.now(), ""))
                .setHeader("In this state since")
                .setWidth("11rem")
                .setFlexGrow(0);
        grid.addComponentColumn(tenant -> new When(tenant.createdAt(), Instant.now(), ""))
                .setHeader("Created")
                .setWidth("9rem")
                .setFlexGrow(0);
        grid.setEmptyStateComponent(new EmptyState(
                "No tenant fits",
                "Clear the filter, or create a tenant; customers also sign up by themselves at /signup."));
        grid.addItemClickListener(click ->
                getUI().ifPresent(ui -> ui.navigate("tenants/" + click.getItem().id())));
    }

    private static Div organisation(Tenant tenant) {
        Anchor name = new Anchor("/tenants/" + tenant.id(), tenant.organisation());
        Span email = new Span(tenant.contactEmail() == null ? "no contact" : tenant.contactEmail());
        Div lines = new Div(name, email);
        lines.addClassName("two-lines");
        return lines;
    }

    private void refilter() {
        if (filling) {
            return;
        }
        filter = new TenantFilter(
                text.getValue().strip(),
                state.getValue(),
                plan.getValue(),
                sort.getValue() == null ? TenantQuery.Sort.NEWEST : sort.getValue());
        QueryParameters parameters = filter.toParameters();
        getUI().ifPresent(ui -> {
            String query = parameters.getQueryString();
            ui.getPage().getHistory().replaceState(null, query.isEmpty() ? "tenants" : "tenants?" + query);
        });
        load();
    }

    private void load() {
        TenantQuery query = filter.toQuery();
        CursorPages<Tenant> pages =
                new CursorPages<>((cursor, limit) -> desk.page(Viewers.current(), query, cursor, limit));
        grid.setItems(DataProvider.fromCallbacks(
                request -> pages.fetch(request.getOffset(), request.getLimit()).stream(), request -> {
                    throw new IllegalStateException("the number of rows is not asked for");
                }));
        grid.getLazyDataView().setItemCountUnknown();
    }

    private void create() {
        new CreateTenantDialog(
                        desk,
                        Viewers.current(),
                        tenant -> getUI().ifPresent(ui -> ui.navigate("tenants/" + tenant.id())))
                .open();
    }

    private static String words(TenantQuery.Sort sort) {
        return switch (sort) {
            case NEWEST -> "Newest first";
            case OLDEST -> "Oldest first";
            case ORGANISATION -> "Organisation A–Z";
            case ORGANISATION_DESCENDING -> "Organisation Z–A";
            default -> sort.name().toLowerCase(Locale.ROOT);
        };
    }
}
