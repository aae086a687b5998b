package dev.vectorhub.console.welcome.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.MemberTenant;
import dev.vectorhub.console.access.Need;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.access.Viewer;
import dev.vectorhub.console.access.Viewers;
import dev.vectorhub.console.shell.PlainPage;
import dev.vectorhub.console.tenants.StateWords;
import dev.vectorhub.console.welcome.Waiting;
import dev.vectorhub.tenant.TenantState;
import java.util.List;

/**
 * The start page sends everybody on: operators to the overview, members to their tenant. Who belongs to none, or whose
 * tenant is not ready, is told what to wait for; the page looks again by itself.
 */
@Route("")
@PageTitle("Vectorizer Hub")
@Requires(Need.SIGNED_IN)
class HomeView extends PlainPage implements BeforeEnterObserver {
    private static final int LOOK_AGAIN_MILLIS = 2_000;

    private final transient Admissions admissions;

    HomeView(Admissions admissions) {
        this.admissions = admissions;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Viewer viewer = Viewers.current();
        if (viewer.operator()) {
            event.forwardTo("overview");
            return;
        }
        List<MemberTenant> tenants = admissions.tenantsOf(viewer);
        if (tenants.size() == 1 && Waiting.usable(tenants.getFirst().state())) {
            event.forwardTo("t/" + tenants.getFirst().id());
            return;
        }
        render(viewer, tenants);
        if (tenants.stream().anyMatch(tenant -> Waiting.changesByItself(tenant.state()))) {
            lookAgain(event.getUI(), viewer);
        }
    }

    /** Asks again while the page is shown; goes on as soon as there is somewhere to go. */
    private void lookAgain(UI ui, Viewer viewer) {
        ui.setPollInterval(LOOK_AGAIN_MILLIS);
        Registration polling = ui.addPollListener(poll -> {
            List<MemberTenant> tenants = admissions.tenantsOf(viewer);
            if (tenants.stream().anyMatch(tenant -> Waiting.usable(tenant.state()))) {
                ui.navigate("");
            } else {
                render(viewer, tenants);
            }
        });
        addDetachListener(detach -> {
            polling.remove();
            ui.setPollInterval(-1);
        });
    }

    private void render(Viewer viewer, List<MemberTenant> tenants) {
        if (tenants.isEmpty()) {
            Paragraph who = new Paragraph("You are signed in as " + viewer.email() + ".");
            who.addClassName("small");
            show(
                    "You do not belong to a tenant yet",
                    new Paragraph("Ask a member of your organisation to add you, or sign your organisation up."),
                    new Paragraph(link("/signup", "Sign up an organisation")),
                    who,
                    new Paragraph(link("/logout", "Use another account")));
            return;
        }
        Div list = new Div();
        list.addClassName("form");
        for (MemberTenant tenant : tenants) {
            list.add(row(tenant));
        }
        boolean one = tenants.size() == 1;
        show(
                one ? Waiting.title(tenants.getFirst().state()) : "Your tenants",
                new Paragraph(one ? Waiting.advice(tenants.getFirst().state()) : "Choose where to go on."),
                list,
                new Paragraph(link("/logout", "Sign out")));
    }

    private static Component row(MemberTenant tenant) {
        Component name = Waiting.usable(tenant.state())
                ? new Anchor("/t/" + tenant.id(), tenant.organisation())
                : new Span(tenant.organisation());
        TenantState state = tenant.state();
        Div row = new Div(name, StateWords.badge(state));
        row.addClassName("page-meta");
        return row;
    }

    private static Anchor link(String path, String text) {
        Anchor link = new Anchor(path, text);
        link.setRouterIgnore(true);
        link.addClassName("plain-link");
        return link;
    }
}
