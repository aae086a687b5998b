package dev.vectorhub.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.function.Consumer;

/**
 * Confirmation of a consequential action: what will happen, further inputs if any, and a reason without which the
 * action cannot be confirmed, because the audit log keeps it.
 */
public final class ReasonDialog extends Dialog {
    static final int REASON_LENGTH_MAX = 500;
    private static final int REASON_LENGTH_MIN = 3;

    /**
     * @param verb on the confirming button ({@code Suspend})
     * @param consequence what the action does to whom
     * @param danger whether it takes something away
     * @param inputs shown between the consequence and the reason
     * @param action runs with the reason; when it throws, the dialog stays open
     */
    public ReasonDialog(
            String title,
            String verb,
            String consequence,
            boolean danger,
            Consumer<String> action,
            Component... inputs) {
        setHeaderTitle(title);
        addClassName("ask");
        setWidth("30rem");
        TextArea reason = new TextArea("Reason");
        reason.setHelperText("Kept in the audit log; the customer may be told.");
        reason.setMaxLength(REASON_LENGTH_MAX);
        reason.setRequired(true);
        reason.setWidthFull();
        reason.setMinRows(2);
        reason.setValueChangeMode(ValueChangeMode.LAZY);
        Button confirm = new Button(verb);
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        if (danger) {
            confirm.addThemeVariants(ButtonVariant.ERROR);
        }
        confirm.addClickListener(click -> {
            String text = reason.getValue().strip();
            if (text.length() < REASON_LENGTH_MIN) {
                reason.setErrorMessage("Say why: at least " + REASON_LENGTH_MIN + " characters.");
                reason.setInvalid(true);
                reason.focus();
                return;
            }
            action.accept(text);
            close();
        });
        Button cancel = new Button("Cancel", click -> close());
        Div content = new Div(new Paragraph(consequence));
        content.addClassName("ask-body");
        content.add(inputs);
        content.add(reason);
        add(content);
        getFooter().add(cancel, confirm);
        addOpenedChangeListener(change -> {
            if (change.isOpened()) {
                reason.focus();
            }
        });
    }
}
