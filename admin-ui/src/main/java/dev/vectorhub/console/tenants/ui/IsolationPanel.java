package dev.vectorhub.console.tenants.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.vectorhub.console.format.Units;
import dev.vectorhub.console.part.Panel;
import dev.vectorhub.console.part.Polling;
import dev.vectorhub.console.part.ProgressLine;
import dev.vectorhub.console.part.When;
import dev.vectorhub.console.tenants.StateWords;
import dev.vectorhub.placement.IsolationProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What a tenant's data shares with others, and how far a change of that is; looks again while it goes on. */
final class IsolationPanel extends Composite<Panel> {
    private transient IsolationProgress shown;

    IsolationPanel(IsolationProgress progress, Supplier<IsolationProgress> again) {
        this.shown = progress;
        show();
        Polling.whileShown(this, () -> shown.state() != IsolationProgress.State.SETTLED, () -> {
            shown = again.get();
            show();
        });
    }

    @Override
    protected Panel initContent() {
        return new Panel("Isolation")
                .explained("What this tenant's data shares with others on the disk. Keys isolate it in every mode.");
    }

    private void show() {
        List<Component> content = new ArrayList<>();
        Div line = new Div(new Span(StateWords.of(shown.wanted())), StateWords.badge(shown.state()));
        line.addClassName("page-meta");
        line.add(new When(shown.observedAt(), Instant.now(), "not seen yet"));
        content.add(line);
        if (shown.state() != IsolationProgress.State.SETTLED) {
            content.add(
                    new ProgressLine("Collections moved", shown.collectionsMoved(), shown.collections(), Units::count));
            content.add(new ProgressLine("Points moved", shown.pointsMoved(), shown.points(), Units::count));
        }
        if (shown.problem() != null) {
            content.add(new Paragraph("It is tried again by itself. What hinders it: " + shown.problem()));
        }
        getContent().show(content.toArray(Component[]::new));
    }
}
