package dev.vectorhub.console.members.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Need;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.access.Viewers;
import dev.vectorhub.console.members.MemberDesk;
import dev.vectorhub.console.part.Notices;
import dev.vectorhub.console.part.PageBody;
import dev.vectorhub.console.part.PageHead;
import dev.vectorhub.console.part.Panel;
import dev.vectorhub.console.part.Table;
import dev.vectorhub.console.part.When;
import dev.vectorhub.console.shell.MemberLayout;
import dev.vectorhub.identity.MemberRole;
import dev.vectorhub.identity.Membership;
import dev.vectorhub.tenant.TenantId;
import java.time.Instant;
import java.util.List;

/** Who belongs to the tenant; owners invite and remove. */
@Route(value = "t/:tenant/members", layout = MemberLayout.class)
@PageTitle("Members · Vectorizer Hub")
@Requires(Need.MEMBER)
class MembersView extends PageBody implements BeforeEnterObserver {
    private final transient MemberDesk desk;
    private transient TenantId tenant;

    @SuppressWarnings("NullAway.Init") // the tenant comes with the route, before anything is shown
    MembersView(MemberDesk desk) {
        this.desk = desk;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        tenant = Admissions.tenantOf(event.getRouteParameters());
        load();
    }

    private void load() {
        Instant now = Instant.now();
        List<Membership> members = desk.list(Viewers.current(), tenant);
        boolean owner = members.stream()
                .anyMatch(member -> member.role() == MemberRole.OWNER
                        && member.subject().equals(Viewers.current().subject()));
        PageHead head = new PageHead("Members")
                .lead(
                        owner
                                ? "People who may open this page, create keys and see usage."
                                : "People of your organisation. Owners invite and remove members.");
        Panel panel = new Panel(members.size() == 1 ? "1 member" : members.size() + " members");
        if (owner) {
            Button invite = new Button(
                    "Invite",
                    click -> new InviteDialog(email -> {
                                desk.invite(Viewers.current(), tenant, email);
                                Notices.done("The invitation is on its way to " + email + ".");
                            })
                            .open());
            invite.addThemeVariants(ButtonVariant.PRIMARY);
            head.actions(invite);
            Button takeIn = new Button("Look for accepted invitations", click -> takeIn());
            takeIn.addThemeVariants(ButtonVariant.SMALL);
            panel.actions(takeIn);
        }
        Table<Membership> table = new Table<Membership>("Members")
                .component("Person", MembersView::person)
                .text("Role", member -> member.role() == MemberRole.OWNER ? "Owner" : "Member")
                .component("Since", member -> new When(member.createdAt(), now, ""));
        if (owner) {
            table.component("", this::actions);
        }
        removeAll();
        add(head, panel.show(table.of(members)));
    }

    private static Component person(Membership member) {
        Div line = new Div(new Span(member.email()));
        line.addClassName("chips");
        if (member.subject().equals(Viewers.current().subject())) {
            Span you = new Span("you");
            you.addClassName("chip");
            line.add(you);
        }
        return line;
    }

    private Component actions(Membership member) {
        Div actions = new Div();
        actions.addClassName("row-actions");
        if (!member.subject().equals(Viewers.current().subject())) {
            Button remove = new Button("Remove", click -> confirmRemoval(member));
            remove.addThemeVariants(ButtonVariant.SMALL);
            remove.setAriaLabel("Remove " + member.email());
            actions.add(remove);
        }
        return actions;
    }

    private void takeIn() {
        int added = desk.takeIn(Viewers.current(), tenant);
        Notices.done(added == 0 ? "No invitation was accepted since." : added + " joined.");
        load();
    }

    private void confirmRemoval(Membership member) {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader("Remove " + member.email() + "?");
        dialog.setText("They can no longer open this tenant. Keys that they created go on working until revoked.");
        dialog.setCancelable(true);
        dialog.setConfirmText("Remove");
        dialog.setConfirmButtonTheme("error primary");
        dialog.addConfirmListener(confirmed -> {
            desk.remove(Viewers.current(), tenant, member.subject());
            Notices.done(member.email() + " is removed.");
            load();
        });
        dialog.open();
    }
}
