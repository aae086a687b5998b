package dev.vectorhub.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Paragraph;

/** The top of a page: where it belongs, its title, a line about it, and its actions at the right. */
public final class PageHead extends Header {
    private final Div titles = new Div();
    private final Div actions = new Div();
    private final H1 title;

    public PageHead(String title) {
        addClassName("page-head");
        this.title = new H1(title);
        titles.addClassName("page-titles");
        titles.add(this.title);
        actions.addClassName("page-actions");
        add(titles, actions);
    }

    /** The page above this one. */
    public PageHead under(String label, String path) {
        Nav crumb = new Nav(new Anchor(path, "← " + label));
        crumb.addClassName("page-crumb");
        crumb.setAriaLabel("Back");
        titles.addComponentAsFirst(crumb);
        return this;
    }

    /** One line that says what the page is for. */
    public PageHead lead(String text) {
        Paragraph lead = new Paragraph(text);
        lead.addClassName("page-lead");
        titles.add(lead);
        return this;
    }

    /** Facts beneath the title, side by side. */
    public PageHead meta(Component... facts) {
        Div meta = new Div(facts);
        meta.addClassName("page-meta");
        titles.add(meta);
        return this;
    }

    public PageHead actions(Component... components) {
        actions.add(components);
        return this;
    }
}
