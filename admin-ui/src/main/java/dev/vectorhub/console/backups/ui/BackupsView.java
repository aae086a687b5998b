package dev.vectorhub.console.backups.ui;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Need;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.backups.OwnBackupDesk;
import dev.vectorhub.console.part.PageBody;
import dev.vectorhub.console.part.PageHead;
import dev.vectorhub.console.shell.MemberLayout;
import dev.vectorhub.tenant.TenantId;

/** The backups of the viewer's own tenant. */
@Route(value = "t/:tenant/backups", layout = MemberLayout.class)
@PageTitle("Backups · Vectorizer Hub")
@Requires(Need.MEMBER)
class BackupsView extends PageBody implements BeforeEnterObserver {
    private final transient OwnBackupDesk desk;

    BackupsView(OwnBackupDesk desk) {
        this.desk = desk;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        TenantId tenant = Admissions.tenantOf(event.getRouteParameters());
        removeAll();
        add(
                new PageHead("Backups")
                        .lead("Copies of all your collections, and what you restore of them. Owners delete."),
                new BackupsPanel(Shelf.ofMember(desk, tenant)));
    }
}
