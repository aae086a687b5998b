package dev.vectorhub.console.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Footer;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import dev.vectorhub.console.access.AccessGate;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.MemberTenant;
import dev.vectorhub.console.access.Viewer;
import dev.vectorhub.console.access.Viewers;
import dev.vectorhub.tenant.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * The frame of all pages behind the sign-in: navigation at the left (behind a button where it is narrow), the viewer
 * with colour mode and sign-out at its foot. What an operator and what a member sees are two lists of one navigation.
 */
public class MainLayout extends AppLayout implements AfterNavigationObserver {
    private final transient Admissions admissions;
    private final Nav navigation = new Nav();

    /** One line of the navigation: where to, and the words. */
    private record Item(String path, String label, Icon icon) {}

    public MainLayout(Admissions admissions) {
        this.admissions = admissions;
        setPrimarySection(Section.DRAWER);
        navigation.addClassName("nav");
        navigation.setAriaLabel("Main");
        DrawerToggle toggle = new DrawerToggle();
        toggle.setAriaLabel("Open the navigation");
        Div bar = new Div(toggle, brand());
        bar.addClassName("topbar");
        addToNavbar(true, bar);
        Div drawer = new Div(brand(), navigation, foot(Viewers.current()));
        drawer.addClassName("drawer");
        addToDrawer(drawer);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        Viewer viewer = Viewers.current();
        String path = event.getLocation().getPath();
        Optional<TenantId> routeTenant =
                event.getRouteParameters().get(AccessGate.TENANT_PARAMETER).flatMap(Admissions::tenantId);
        navigation.removeAll();
        if (viewer.operator()) {
            navigation.add(section(
                    "Operate",
                    path,
                    List.of(
                            new Item("overview", "Overview", Icon.OVERVIEW),
                            new Item("tenants", "Tenants", Icon.TENANTS),
                            new Item("nodes", "Nodes", Icon.NODES),
                            new Item("plans", "Plans", Icon.PLANS))));
        }
        for (MemberTenant tenant : admissions.tenantsOf(viewer)) {
            boolean only = !viewer.operator();
            String base = "t/" + tenant.id().value();
            if (only || routeTenant.filter(tenant.id()::equals).isPresent()) {
                navigation.add(section(
                        tenant.organisation(),
                        path,
                        List.of(
                                new Item(base, "Quickstart", Icon.QUICKSTART),
                                new Item(base + "/keys", "API keys", Icon.KEYS),
                                new Item(base + "/usage", "Usage", Icon.USAGE),
                                new Item(base + "/backups", "Backups", Icon.BACKUPS),
                                new Item(base + "/isolation", "Isolation", Icon.ISOLATION),
                                new Item(base + "/members", "Members", Icon.MEMBERS))));
            } else {
                navigation.add(section(tenant.organisation(), path, List.of(new Item(base, "Open", Icon.QUICKSTART))));
            }
        }
    }

    private static Component section(String title, String current, List<Item> items) {
        Span heading = new Span(title);
        heading.addClassName("nav-title");
        UnorderedList list = new UnorderedList();
        for (Item item : items) {
            Anchor link = new Anchor("/" + item.path());
            link.add(item.icon().create(), new Span(item.label()));
            boolean exact = current.equals(item.path());
            if (exact || (current.startsWith(item.path() + "/") && !item.path().startsWith("t/"))) {
                link.getElement().setAttribute("aria-current", exact ? "page" : "true");
            }
            list.add(new ListItem(link));
        }
        Div section = new Div(heading, list);
        section.addClassName("nav-section");
        return section;
    }

    private static Component brand() {
        Anchor home = new Anchor("/");
        home.addClassName("brand");
        home.add(Icon.logo(), new Span("Vectorizer Hub"));
        home.getElement().setAttribute("aria-label", "Vectorizer Hub, start page");
        return home;
    }

    private static Component foot(Viewer viewer) {
        Span name = new Span(viewer.name());
        name.addClassName("who-name");
        Span role = new Span(viewer.operator() ? "Operator" : viewer.email());
        role.addClassName("who-role");
        Div who = new Div(name, role);
        who.addClassName("who");
        Anchor signOut = new Anchor("/logout");
        signOut.setRouterIgnore(true);
        signOut.add(Icon.SIGN_OUT.create());
        signOut.getElement().setAttribute("aria-label", "Sign out").setAttribute("title", "Sign out");
        signOut.addClassName("sign-out");
        Div line = new Div(who, signOut);
        line.addClassName("who-line");
        Footer footer = new Footer(new ColorMode(), line);
        footer.addClassName("drawer-foot");
        return footer;
    }
}
