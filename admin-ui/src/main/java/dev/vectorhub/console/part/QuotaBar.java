package dev.vectorhub.console.part;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.vectorhub.console.format.Units;
import java.util.function.LongFunction;

/**
 * Usage beside its limit: label, figures, and a bar that turns amber at 80 % and red at 95 %, where the hub also warns.
 * A limit of 0 means that there is none.
 */
public final class QuotaBar extends Div {
    static final double WARN = 0.80;
    static final double CRITICAL = 0.95;

    public QuotaBar(String label, long used, long limit, LongFunction<String> units) {
        addClassName("quota");
        double share = limit <= 0 ? 0 : (double) used / limit;
        String figures =
                limit <= 0 ? units.apply(used) + " · no limit" : units.apply(used) + " of " + units.apply(limit);
        Span name = new Span(label);
        name.addClassName("quota-label");
        Span numbers = new Span(figures);
        numbers.addClassName("quota-figures");
        Span percent = new Span(limit <= 0 ? "" : Units.percent(share));
        percent.addClassName("quota-percent");
        Div line = new Div(name, numbers, percent);
        line.addClassName("quota-line");
        Div fill = new Div();
        fill.addClassNames("quota-fill", level(share));
        fill.getStyle().set("width", Math.min(100, share * 100) + "%");
        Div track = new Div(fill);
        track.addClassName("quota-track");
        track.getElement()
                .setAttribute("role", "meter")
                .setAttribute("aria-label", label)
                .setAttribute("aria-valuemin", "0")
                .setAttribute("aria-valuemax", "100")
                .setAttribute("aria-valuenow", String.valueOf(Math.round(Math.min(1, share) * 100)))
                .setAttribute("aria-valuetext", figures);
        add(line, track);
    }

    static String level(double share) {
        return share >= CRITICAL ? "critical" : share >= WARN ? "warn" : "fine";
    }
}
