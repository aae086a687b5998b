package dev.vectorhub.console.keys.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.vectorhub.apikey.IssuedKey;
import dev.vectorhub.console.part.CodeBlock;

/** Shows a new key's secret, this one time. It closes by its button only, not by a slip beside it. */
final class SecretDialog extends Dialog {
    SecretDialog(IssuedKey issued) {
        setHeaderTitle("Your new key");
        setWidth("40rem");
        setCloseOnOutsideClick(false);
        setCloseOnEsc(false);
        Paragraph warning = new Paragraph(
                "Copy it now and keep it like a password. We store only a fingerprint, so it cannot be shown again.");
        warning.addClassName("warning");
        Div body = new Div(warning, new CodeBlock(issued.key().name(), issued.secret()).wrapped());
        body.addClassName("ask-body");
        add(body);
        Button done = new Button("I have copied it", click -> close());
        done.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(done);
    }
}
