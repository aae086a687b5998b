package dev.vectorhub.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;

/** The content of a page within the frame: blocks from top to bottom, side by side where a row says so. */
public class PageBody extends Main {
    protected PageBody() {
        addClassName("page");
    }

    /** Two blocks side by side where there is room. */
    protected static Div columns(Component... blocks) {
        Div row = new Div(blocks);
        row.addClassName("columns");
        return row;
    }

    /** Two blocks side by side, the left one the wider. */
    protected static Div wideLeft(Component... blocks) {
        Div row = columns(blocks);
        row.addClassName("wide-left");
        return row;
    }

    /** Blocks one under the other, as one side of a row. */
    protected static Div stack(Component... blocks) {
        Div side = new Div(blocks);
        side.addClassName("stack");
        return side;
    }

    protected static Div stats(Component... stats) {
        Div row = new Div(stats);
        row.addClassName("stats");
        return row;
    }
}
