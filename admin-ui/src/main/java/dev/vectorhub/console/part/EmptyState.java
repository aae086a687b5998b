package dev.vectorhub.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;

/** What stands where a list would be: that there is nothing yet, and what to do about it. */
public final class EmptyState extends Div {
    public EmptyState(String title, String advice, Component... actions) {
        addClassName("empty");
        Paragraph head = new Paragraph(title);
        head.addClassName("empty-title");
        Paragraph text = new Paragraph(advice);
        text.addClassName("empty-advice");
        add(head, text);
        add(actions);
    }
}
