package dev.vectorhub.console.keys.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.vectorhub.apikey.KeyView;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Need;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.access.Viewers;
import dev.vectorhub.console.keys.KeyDesk;
import dev.vectorhub.console.part.EmptyState;
import dev.vectorhub.console.part.Notices;
import dev.vectorhub.console.part.PageBody;
import dev.vectorhub.console.part.PageHead;
import dev.vectorhub.console.part.Panel;
import dev.vectorhub.console.shell.MemberLayout;
import dev.vectorhub.tenant.TenantId;
import java.time.Instant;
import java.util.List;

/** A member's view of the tenant's keys: create, see, revoke. */
@Route(value = "t/:tenant/keys", layout = MemberLayout.class)
@PageTitle("API keys · Vectorizer Hub")
@Requires(Need.MEMBER)
class KeysView extends PageBody implements BeforeEnterObserver {
    private final transient KeyDesk desk;
    private final Panel panel = new Panel("Keys");
    private transient TenantId tenant;

    @SuppressWarnings("NullAway.Init") // the tenant comes with the route, before anything is shown
    KeysView(KeyDesk desk) {
        this.desk = desk;
        Button create = new Button("Create key", click -> create());
        create.addThemeVariants(ButtonVariant.PRIMARY);
        add(
                new PageHead("API keys")
                        .lead("A key identifies your programs. Give each its own, with no more rights than it needs.")
                        .actions(create),
                panel);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        tenant = Admissions.tenantOf(event.getRouteParameters());
        load();
    }

    private void load() {
        Instant now = Instant.now();
        List<KeyView> keys = desk.list(Viewers.current(), tenant);
        if (keys.isEmpty()) {
            Button create = new Button("Create the first key", click -> create());
            create.addThemeVariants(ButtonVariant.PRIMARY);
            panel.show(new EmptyState(
                    "No keys yet",
                    "Without a key no program can reach your collections. Creating one takes a moment.",
                    create));
        } else {
            panel.show(KeyTable.of(keys, now, this::confirmRevocation));
        }
    }

    private void create() {
        new CreateKeyDialog(wanted -> desk.issue(Viewers.current(), tenant, wanted), issued -> {
                    load();
                    new SecretDialog(issued).open();
                })
                .open();
    }

    private void confirmRevocation(KeyView key) {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader("Revoke “" + key.name() + "”?");
        dialog.setText("Requests with this key are refused within two seconds. It cannot be taken back.");
        dialog.setCancelable(true);
        dialog.setConfirmText("Revoke");
        dialog.setConfirmButtonTheme("error primary");
        dialog.addConfirmListener(confirmed -> {
            desk.revoke(Viewers.current(), tenant, key.id(), "revoked in the console");
            Notices.done("“" + key.name() + "” is revoked.");
            load();
        });
        dialog.open();
    }
}
