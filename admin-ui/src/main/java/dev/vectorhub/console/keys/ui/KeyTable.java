package dev.vectorhub.console.keys.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.vectorhub.apikey.KeyScope;
import dev.vectorhub.apikey.KeyView;
import dev.vectorhub.console.format.Units;
import dev.vectorhub.console.keys.KeyWords;
import dev.vectorhub.console.part.Table;
import dev.vectorhub.console.part.When;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** A tenant's keys, for its members and for operators alike: usable ones first, each with the way to revoke it. */
public final class KeyTable {
    private KeyTable() {}

    /**
     * The table.
     *
     * @param revoke asked for a key that is still usable
     */
    public static Component of(List<KeyView> keys, Instant now, Consumer<KeyView> revoke) {
        List<KeyView> usableFirst = keys.stream()
                .sorted((a, b) -> Boolean.compare(b.usableAt(now), a.usableAt(now)))
                .toList();
        return new Table<KeyView>("API keys")
                .component("Name", KeyTable::name)
                .component("Scopes", KeyTable::scopes)
                .component("Collections", KeyTable::patterns)
                .text("Requests/min", KeyTable::limit)
                .component("Last used", key -> new When(key.lastUsedAt(), now, "never"))
                .component("Expires", key -> new When(key.expiresAt(), now, "never"))
                .component("State", key -> KeyWords.badge(key, now))
                .component("", key -> actions(key, now, revoke))
                .of(usableFirst);
    }

    private static Component name(KeyView key) {
        Code prefix = new Code(KeyWords.shortPrefix(key.prefix()));
        prefix.setTitle(key.prefix());
        Div lines = new Div(new Span(key.name()), new Span(prefix));
        lines.addClassName("two-lines");
        return lines;
    }

    private static Component scopes(KeyView key) {
        Div chips = new Div();
        chips.addClassName("chips");
        for (KeyScope scope : KeyScope.values()) {
            if (key.scopes().contains(scope)) {
                Span chip = new Span(KeyWords.of(scope));
                chip.addClassName("chip");
                chips.add(chip);
            }
        }
        return chips;
    }

    private static Component patterns(KeyView key) {
        return key.collectionPatterns().isEmpty()
                ? new Span("all")
                : new Span(String.join(", ", key.collectionPatterns()));
    }

    private static String limit(KeyView key) {
        return key.requestsPerMinute() == null ? "tenant's" : Units.count(key.requestsPerMinute());
    }

    private static Component actions(KeyView key, Instant now, Consumer<KeyView> revoke) {
        Div actions = new Div();
        actions.addClassName("row-actions");
        if (key.usableAt(now)) {
            Button button = new Button("Revoke", click -> revoke.accept(key));
            button.addThemeVariants(ButtonVariant.SMALL);
            button.setAriaLabel("Revoke " + key.name());
            actions.add(button);
        }
        return actions;
    }
}
