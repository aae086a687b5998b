package dev.vectorhub.console.keys.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.vectorhub.apikey.IssuedKey;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.apikey.NewKey;
import dev.vectorhub.console.keys.KeyLifetime;
import dev.vectorhub.console.keys.KeyWords;
import dev.vectorhub.console.keys.Patterns;
import dev.vectorhub.console.part.FieldErrors;
import dev.vectorhub.problem.ProblemException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Asks what a new key is to be, issues it, and hands the issued key on. */
final class CreateKeyDialog extends Dialog {
    private final TextField name = new TextField("Name");
    private final CheckboxGroup<KeyScope> scopes = new CheckboxGroup<>("What it may do");
    private final TextField patterns = new TextField("Collections");
    private final IntegerField requests = new IntegerField("Requests a minute");
    private final Select<KeyLifetime> lifetime = new Select<>();
    private final transient Function<NewKey, IssuedKey> issue;
    private final transient Consumer<IssuedKey> issued;

    CreateKeyDialog(Function<NewKey, IssuedKey> issue, Consumer<IssuedKey> issued) {
        this.issue = issue;
        this.issued = issued;
        setHeaderTitle("Create an API key");
        setWidth("32rem");
        name.setPlaceholder("Search service, production");
        name.setRequired(true);
        name.setMaxLength(200);
        scopes.setItems(KeyScope.values());
        scopes.setItemLabelGenerator(KeyWords::explained);
        scopes.setValue(EnumSet.of(KeyScope.READ));
        scopes.addThemeName("vertical");
        patterns.setPlaceholder("all collections");
        patterns.setHelperText("Names, separated by commas; * stands for any characters: docs-*, products");
        requests.setPlaceholder("the tenant's limit");
        requests.setHelperText("A limit of its own keeps one program from using up what all share");
        requests.setMin(1);
        lifetime.setLabel("Expires");
        lifetime.setItems(KeyLifetime.values());
        lifetime.setItemLabelGenerator(KeyLifetime::label);
        lifetime.setValue(KeyLifetime.DAYS_90);
        Div form = new Div(name, scopes, patterns, requests, lifetime);
        form.addClassName("form");
        add(form);
        Button create = new Button("Create key", click -> create());
        create.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button("Cancel", click -> close()), create);
        addOpenedChangeListener(change -> {
            if (change.isOpened()) {
                name.focus();
            }
        });
    }

    private void create() {
        boolean complete = FieldErrors.required(name, "Name the key after what uses it.");
        scopes.setInvalid(scopes.getValue().isEmpty());
        scopes.setErrorMessage("Choose at least one.");
        if (!complete || scopes.isInvalid() || requests.isInvalid()) {
            return;
        }
        IssuedKey key;
        try {
            key = issue.apply(new NewKey(
                    name.getValue().strip(),
                    scopes.getValue(),
                    Patterns.parse(patterns.getValue()),
                    lifetime.getValue().expiry(Instant.now()),
                    requests.getValue() == null ? null : requests.getValue().longValue()));
        } catch (ProblemException problem) {
            FieldErrors.show(
                    problem,
                    Map.of(
                            "name",
                            name,
                            "collectionPatterns",
                            patterns,
                            "scopes",
                            scopes,
                            "requestsPerMinute",
                            requests));
            return;
        }
        close();
        issued.accept(key);
    }
}
