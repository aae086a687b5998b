package dev.vectorhub.console.part;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** One figure that a page opens with: what it is, the value, and a quiet line that puts it into proportion. */
public final class Stat extends Div {
    public Stat(String label, String value, String note) {
        addClassName("stat");
        Span name = new Span(label);
        name.addClassName("stat-label");
        Span figure = new Span(value);
        figure.addClassName("stat-value");
        Span beneath = new Span(note);
        beneath.addClassName("stat-note");
        add(name, figure, beneath);
    }

    /** Colours the figure: {@code warn} or {@code critical}. */
    public Stat level(String level) {
        addClassName(level);
        return this;
    }
}
