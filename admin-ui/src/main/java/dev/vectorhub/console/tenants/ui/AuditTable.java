package dev.vectorhub.console.tenants.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.vectorhub.audit.AuditEvent;
import dev.vectorhub.console.part.EmptyState;
import dev.vectorhub.console.part.Table;
import dev.vectorhub.console.part.When;
import dev.vectorhub.console.tenants.AuditWords;
import java.time.Instant;
import java.util.List;

/** Audited events: when, who, what, why. */
final class AuditTable {
    private AuditTable() {}

    static Component of(List<AuditEvent> events, Instant now) {
        if (events.isEmpty()) {
            return new EmptyState(
                    "Nothing recorded yet", "Each change of this tenant will be listed with who made it and why.");
        }
        return new Table<AuditEvent>("Audit")
                .component("When", event -> new When(event.time(), now, ""))
                .component("What", AuditTable::what)
                .text("Reason", event -> event.reason() == null ? "—" : event.reason())
                .component("Who", AuditTable::who)
                .of(events);
    }

    private static Component what(AuditEvent event) {
        Div lines = new Div(new Span(AuditWords.action(event.action())), new Span(AuditWords.detail(event.detail())));
        lines.addClassName("two-lines");
        return lines;
    }

    private static Component who(AuditEvent event) {
        Div lines = new Div(
                new Span(event.actor().name()),
                new Span(AuditWords.kind(event.actor().kind())));
        lines.addClassName("two-lines");
        return lines;
    }
}
