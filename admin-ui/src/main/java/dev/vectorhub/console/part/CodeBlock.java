package dev.vectorhub.console.part;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;

/** Text to copy as it stands: source, a command, a secret. */
public final class CodeBlock extends Div {
    public CodeBlock(String title, String text) {
        addClassName("code");
        Span name = new Span(title);
        name.addClassName("code-title");
        Div head = new Div(name, new CopyButton(text, title));
        head.addClassName("code-head");
        Pre pre = new Pre();
        pre.add(new Code(text));
        pre.getElement().setAttribute("tabindex", "0").setAttribute("aria-label", title);
        add(head, pre);
    }

    /** Breaks long lines instead of scrolling them: for what has no lines of its own, such as a secret. */
    public CodeBlock wrapped() {
        addClassName("wrapped");
        return this;
    }
}
