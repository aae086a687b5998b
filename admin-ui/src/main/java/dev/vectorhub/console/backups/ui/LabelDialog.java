package dev.vectorhub.console.backups.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import java.util.function.Consumer;

/** Asks what a new backup is to be called. */
final class LabelDialog {
    private static final int LABEL_CHARS_MAX = 200;

    private LabelDialog() {}

    static void open(Consumer<String> create) {
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle("Back up now");
        dialog.addClassName("ask");
        dialog.setWidth("30rem");
        TextField label = new TextField("Label");
        label.setMaxLength(LABEL_CHARS_MAX);
        label.setHelperText("What you will know it by, for instance “before the import”.");
        label.setWidthFull();
        Button confirm = new Button("Back up", click -> {
            create.accept(label.getValue().strip());
            dialog.close();
        });
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        Div content = new Div(
                new Paragraph("All collections are written to one file, as they stand now. Requests go on meanwhile."),
                label);
        content.addClassName("ask-body");
        dialog.add(content);
        dialog.getFooter().add(new Button("Cancel", click -> dialog.close()), confirm);
        dialog.open();
    }
}
