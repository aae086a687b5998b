package dev.vectorhub.console.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.router.RouterLayout;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.MemberTenant;
import dev.vectorhub.console.access.Viewers;
import dev.vectorhub.console.tenants.StateWords;
import dev.vectorhub.node.NodeService;
import dev.vectorhub.tenant.TenantId;

/** Around the pages of a tenant: says above each of them if the tenant cannot do all that it should. */
@ParentLayout(MainLayout.class)
public class MemberLayout extends Div implements RouterLayout, BeforeEnterObserver {
    private final transient Admissions admissions;
    private final transient NodeService nodes;
    private final Paragraph state = notice();
    private final Paragraph damage = notice();

    public MemberLayout(Admissions admissions, NodeService nodes) {
        this.admissions = admissions;
        this.nodes = nodes;
        add(state, damage);
    }

    private static Paragraph notice() {
        Paragraph notice = new Paragraph();
        notice.addClassName("notice");
        notice.getElement().setAttribute("role", "status");
        return notice;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        TenantId tenant = Admissions.tenantOf(event.getRouteParameters());
        show(state, "");
        show(damage, "");
        for (MemberTenant own : admissions.tenantsOf(Viewers.current())) {
            if (own.id().equals(tenant)) {
                show(state, StateWords.notice(own.state()));
                show(damage, StateWords.notice(nodes.outOfService(own.id())));
            }
        }
    }

    private static void show(Paragraph notice, String text) {
        notice.setText(text);
        notice.setVisible(!text.isEmpty());
    }
}
