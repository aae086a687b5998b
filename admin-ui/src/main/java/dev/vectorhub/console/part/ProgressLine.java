package dev.vectorhub.console.part;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.function.LongFunction;

/** How much of something is done: label, figures, and a bar. Nothing to do is done. */
public final class ProgressLine extends Div {

    public ProgressLine(String label, long done, long total, LongFunction<String> units) {
        addClassName("quota");
        long percent = total <= 0 ? 100 : Math.clamp(done * 100 / total, 0, 100);
        String figures = units.apply(done) + " of " + units.apply(total);
        Span name = new Span(label);
        name.addClassName("quota-label");
        Span numbers = new Span(figures);
        numbers.addClassName("quota-figures");
        Span share = new Span(percent + " %");
        share.addClassName("quota-percent");
        Div line = new Div(name, numbers, share);
        line.addClassName("quota-line");
        Div fill = new Div();
        fill.addClassNames("quota-fill", "fine");
        fill.getStyle().set("width", percent + "%");
        Div track = new Div(fill);
        track.addClassName("quota-track");
        track.getElement()
                .setAttribute("role", "progressbar")
                .setAttribute("aria-label", label)
                .setAttribute("aria-valuemin", "0")
                .setAttribute("aria-valuemax", "100")
                .setAttribute("aria-valuenow", Long.toString(percent))
                .setAttribute("aria-valuetext", figures);
        add(line, track);
    }
}
