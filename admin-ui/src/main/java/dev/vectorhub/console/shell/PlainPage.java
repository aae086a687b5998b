package dev.vectorhub.console.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import org.jspecify.annotations.Nullable;

/** A page without navigation: one card in the middle, with the mark above its content. */
public class PlainPage extends Main {
    private final Div card = new Div();

    protected PlainPage() {
        addClassName("plain");
        card.addClassName("plain-card");
        add(card);
    }

    /** Replaces the content of the card. */
    protected final void show(String title, Component... content) {
        Div brand = new Div(Icon.logo(), new Span("Vectorizer Hub"));
        brand.addClassName("brand");
        card.removeAll();
        card.add(brand, new H1(title));
        card.add(content);
    }

    /** Lets the card take the width of a form in two columns. */
    protected final void wide() {
        card.addClassName("wide");
    }

    /** Shows what a status means and returns it. */
    protected final int showStatus(int status, @Nullable String reference) {
        ErrorPage.Text text = ErrorPage.Text.of(status);
        Anchor link = new Anchor("/", text.link());
        link.setRouterIgnore(true);
        link.addClassName("plain-link");
        show(text.title(), new Paragraph(text.advice()));
        if (reference != null) {
            Paragraph note = new Paragraph("Reference for the operator: " + reference);
            note.addClassName("plain-note");
            card.add(note);
        }
        Paragraph number = new Paragraph(String.valueOf(status));
        number.addClassName("plain-status");
        card.addComponentAtIndex(1, number);
        card.add(new Paragraph(link));
        return status;
    }
}
