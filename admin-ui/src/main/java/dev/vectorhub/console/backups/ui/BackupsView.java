package dev.vectorhub.console.backups.ui;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.vectorhub.backup.Backup;
import dev.vectorhub.backup.Restoration;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Need;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.access.Viewers;
import dev.vectorhub.console.backups.OwnBackupDesk;
import dev.vectorhub.console.backups.Shelf;
import dev.vectorhub.console.part.PageBody;
import dev.vectorhub.console.part.PageHead;
import dev.vectorhub.console.shell.MemberLayout;
import dev.vectorhub.tenant.TenantId;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

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
                new BackupsPanel(new Own(tenant)));
    }

    private final class Own implements Shelf {
        private final TenantId tenant;

        Own(TenantId tenant) {
            this.tenant = tenant;
        }

        @Override
        public List<Backup> backups() {
            return desk.list(Viewers.current(), tenant);
        }

        @Override
        public List<Restoration> restorations() {
            return desk.restorations(Viewers.current(), tenant);
        }

        @Override
        public void create(String label) {
            desk.create(Viewers.current(), tenant, label);
        }

        @Override
        public void delete(UUID backup) {
            desk.delete(Viewers.current(), tenant, backup);
        }

        @Override
        public void restoreBeside(UUID backup, String prefix) {
            desk.restoreBeside(Viewers.current(), tenant, backup, prefix);
        }

        @Override
        public @Nullable BiConsumer<UUID, String> restoreAsTenant() {
            return null;
        }
    }
}
