package dev.vectorhub.console.isolation.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.vectorhub.console.format.Units;
import dev.vectorhub.console.part.EmptyState;
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
public final class IsolationPanel extends Composite<Panel> {
    private transient IsolationProgress shown;

    /** @param again how far it is by now */
    public IsolationPanel(IsolationProgress progress, Supplier<IsolationProgress> again) {
        this.shown = progress;
        show();
        Polling.whileShown(this, () -> shown.state() != IsolationProgress.State.SETTLED, () -> {
            shown = again.get();
            show();
        });
    }

    /** The panel of a tenant whose data has no node yet. */
    public static Component none() {
        return empty().show(new EmptyState("No place yet", "A node is being chosen; collections can be made then."));
    }

    /** What can be done about it. */
    public IsolationPanel actions(Component... actions) {
        getContent().actions(actions);
        return this;
    }

    private static Panel empty() {
        return new Panel("Isolation")
                .explained("What the data shares with other tenants' on the disk. Keys isolate it in every mode.");
    }

    @Override
    protected Panel initContent() {
        return empty();
    }

    private void show() {
        List<Component> content = new ArrayList<>();
        Div line = new Div(new Span(StateWords.of(shown.wanted())), StateWords.badge(shown.state()));
        line.addClassName("page-meta");
        Span seen = new Span("Seen ");
        seen.add(new When(shown.observedAt(), Instant.now(), "never"));
        line.add(seen);
        content.add(line);
        content.add(new Paragraph(StateWords.meaning(shown.wanted())));
        if (shown.state() == IsolationProgress.State.MOVING && shown.collections() == 0) {
            content.add(new Paragraph("The node has been told; what there is to move is not known yet."));
        } else if (shown.state() != IsolationProgress.State.SETTLED) {
            content.add(
                    new ProgressLine("Collections moved", shown.collectionsMoved(), shown.collections(), Units::count));
            content.add(new ProgressLine("Points moved", shown.pointsMoved(), shown.points(), Units::count));
        }
        if (shown.problem() != null) {
            Paragraph problem = new Paragraph("It is tried again by itself. What is in the way: " + shown.problem());
            problem.addClassName("warning");
            content.add(problem);
        }
        getContent().show(content.toArray(Component[]::new));
    }
}
