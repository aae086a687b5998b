package dev.vectorhub.console.isolation.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Need;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.access.Viewers;
import dev.vectorhub.console.isolation.IsolationDesk;
import dev.vectorhub.console.isolation.IsolationSheet;
import dev.vectorhub.console.part.Notices;
import dev.vectorhub.console.part.PageBody;
import dev.vectorhub.console.part.PageHead;
import dev.vectorhub.console.shell.MemberLayout;
import dev.vectorhub.placement.IsolationProgress;
import dev.vectorhub.tenant.TenantId;

/** How the viewer's own tenant is isolated; owners change it here. */
@Route(value = "t/:tenant/isolation", layout = MemberLayout.class)
@PageTitle("Isolation · Vectorizer Hub")
@Requires(Need.MEMBER)
class IsolationView extends PageBody implements BeforeEnterObserver {
    private final transient IsolationDesk desk;

    IsolationView(IsolationDesk desk) {
        this.desk = desk;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        load(Admissions.tenantOf(event.getRouteParameters()));
    }

    private void load(TenantId tenant) {
        IsolationSheet sheet = desk.sheet(Viewers.current(), tenant);
        PageHead head = new PageHead("Isolation of your data")
                .lead("How your collections lie on the disk beside those of other customers. " + sheet.reason());
        removeAll();
        add(head, panel(sheet, tenant));
    }

    private Component panel(IsolationSheet sheet, TenantId tenant) {
        IsolationProgress progress = sheet.progress();
        if (progress == null) {
            return IsolationPanel.none();
        }
        IsolationPanel panel = new IsolationPanel(progress, () -> desk.progress(Viewers.current(), tenant));
        if (!sheet.others().isEmpty()) {
            panel.actions(new Button(
                    "Change isolation",
                    click -> IsolationDialog.open(progress.wanted(), sheet.others(), mode -> {
                        desk.change(Viewers.current(), tenant, mode, sheet.version());
                        Notices.done("Your data is being moved; this page shows how far it is.");
                        load(tenant);
                    })));
        }
        return panel;
    }
}
