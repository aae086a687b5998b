package dev.vectorhub.console.backups.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import dev.vectorhub.backup.Backup;
import dev.vectorhub.console.part.FieldErrors;
import dev.vectorhub.console.part.Notices;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Asks where a backup's collections are to go: beside those of the tenant, or, for operators, into a new tenant. */
final class RestoreDialog {
    private static final String BESIDE = "Collections beside those that are there";
    private static final String TENANT = "A new tenant";

    private RestoreDialog() {}

    static void open(Shelf shelf, Backup backup, Runnable done) {
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle("Restore" + (backup.label().isEmpty() ? "" : " “" + backup.label() + "”"));
        dialog.addClassName("ask");
        dialog.setWidth("30rem");
        RadioButtonGroup<String> as = new RadioButtonGroup<>("Restore as");
        BiConsumer<UUID, String> asTenant = shelf.restoreAsTenant();
        as.setItems(BESIDE, TENANT);
        as.setValue(BESIDE);
        as.setVisible(asTenant != null);
        TextField prefix = new TextField("Prefix of the new collections' names");
        prefix.setValue("restored-");
        prefix.setWidthFull();
        TextField organisation = new TextField("Name of the new tenant");
        organisation.setHelperText("It gets the plan and the isolation of this one, and no keys.");
        organisation.setWidthFull();
        organisation.setVisible(false);
        as.addValueChangeListener(change -> {
            boolean tenant = change.getValue().equals(TENANT);
            prefix.setVisible(!tenant);
            organisation.setVisible(tenant);
        });
        Button confirm = new Button("Restore", click -> {
            boolean tenant = as.getValue().equals(TENANT);
            if (!FieldErrors.required(tenant ? organisation : prefix, "This is needed.")) {
                return;
            }
            if (tenant && asTenant != null) {
                asTenant.accept(backup.id(), organisation.getValue().strip());
                Notices.done(organisation.getValue().strip() + " is being made; its page shows how far it is.");
            } else {
                shelf.restoreBeside(backup.id(), prefix.getValue().strip());
                Notices.done("The collections are being restored; they appear all at once.");
            }
            dialog.close();
            done.run();
        });
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        Div content = new Div(
                new Paragraph("The backup's collections are written anew; nothing that is there changes."),
                as,
                prefix,
                organisation);
        content.addClassName("ask-body");
        dialog.add(content);
        dialog.getFooter().add(new Button("Cancel", click -> dialog.close()), confirm);
        dialog.open();
    }
}
