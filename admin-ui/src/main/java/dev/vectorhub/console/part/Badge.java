package dev.vectorhub.console.part;

import com.vaadin.flow.component.html.Span;
import java.util.Locale;

/** A word with a coloured dot; the word alone says it all, so that colour is never the only carrier. */
public final class Badge extends Span {
    /** Meaning of the colour. */
    public enum Tone {
        GOOD,
        BUSY,
        WARN,
        BAD,
        QUIET
    }

    public Badge(String text, Tone tone) {
        super(text);
        addClassNames("badge", tone.name().toLowerCase(Locale.ROOT));
    }
}
