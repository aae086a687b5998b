package dev.vectorhub.console.isolation.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import dev.vectorhub.console.tenants.StateWords;
import dev.vectorhub.tenant.IsolationMode;
import java.util.List;
import java.util.function.Consumer;

/** Asks an owner which isolation it is to be, and says what each means and what changing costs. */
final class IsolationDialog {

    private IsolationDialog() {}

    /** @param change runs with the choice; when it throws, the dialog stays open */
    static void open(IsolationMode present, List<IsolationMode> others, Consumer<IsolationMode> change) {
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle("Change isolation");
        dialog.addClassName("ask");
        dialog.setWidth("30rem");
        Select<IsolationMode> mode = choice(others);
        Button confirm = new Button("Move my data", click -> {
            change.accept(mode.getValue());
            dialog.close();
        });
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        Div content = new Div(
                new Paragraph("Now: " + StateWords.of(present) + ". " + StateWords.meaning(present)),
                mode,
                new Paragraph("Your data moves while it is read and written; no request fails. Keys, names, limits and"
                        + " prices stay as they are."));
        content.addClassName("ask-body");
        dialog.add(content);
        dialog.getFooter().add(new Button("Cancel", click -> dialog.close()), confirm);
        dialog.open();
    }

    /** A field for one of the modes that says beneath itself what the chosen one means. */
    private static Select<IsolationMode> choice(List<IsolationMode> modes) {
        Select<IsolationMode> choice = new Select<>();
        choice.setLabel("New isolation");
        choice.setItems(modes);
        choice.setItemLabelGenerator(StateWords::of);
        choice.setWidthFull();
        choice.addValueChangeListener(change -> choice.setHelperText(StateWords.meaning(change.getValue())));
        choice.setValue(modes.getFirst());
        return choice;
    }
}
