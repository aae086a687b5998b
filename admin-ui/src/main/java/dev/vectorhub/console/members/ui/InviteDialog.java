package dev.vectorhub.console.members.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.EmailField;
import dev.vectorhub.console.part.FieldErrors;
import dev.vectorhub.problem.ProblemException;
import java.util.Map;
import java.util.function.Consumer;

/** Asks whom to invite. */
final class InviteDialog extends Dialog {
    InviteDialog(Consumer<String> invite) {
        setHeaderTitle("Invite a member");
        setWidth("28rem");
        EmailField email = new EmailField("E-mail address");
        email.setRequired(true);
        email.setWidthFull();
        Div body = new Div(
                new Paragraph("They get a mail with a link. Once they accept it, they belong to the tenant."), email);
        body.addClassName("ask-body");
        add(body);
        Button send = new Button("Send invitation", click -> {
            try {
                invite.accept(email.getValue().strip());
                close();
            } catch (ProblemException problem) {
                FieldErrors.show(problem, Map.of("email", email));
            }
        });
        send.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button("Cancel", click -> close()), send);
        addOpenedChangeListener(change -> {
            if (change.isOpened()) {
                email.focus();
            }
        });
    }
}
