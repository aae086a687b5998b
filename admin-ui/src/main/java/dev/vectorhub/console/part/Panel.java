package dev.vectorhub.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;

/** A titled block of a page: heading, an optional line that explains it, actions at the right, content below. */
public final class Panel extends Section {
    private final Div head = new Div();
    private final Div titles = new Div();
    private final Div actions = new Div();
    private final Div body = new Div();

    public Panel(String title) {
        addClassName("panel");
        head.addClassName("panel-head");
        titles.add(new H2(title));
        actions.addClassName("panel-actions");
        head.add(titles, actions);
        body.addClassName("panel-body");
        getElement().setAttribute("aria-label", title);
        add(head, body);
    }

    /** A quiet line under the heading. */
    public Panel explained(String text) {
        Paragraph paragraph = new Paragraph(text);
        paragraph.addClassName("panel-explained");
        titles.add(paragraph);
        return this;
    }

    /** Buttons at the right of the heading. */
    public Panel actions(Component... components) {
        actions.add(components);
        return this;
    }

    /** Replaces what the panel shows. */
    public Panel show(Component... components) {
        body.removeAll();
        body.add(components);
        return this;
    }
}
