package dev.vectorhub.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A plain HTML table of records, for lists that are short by nature; long ones belong into a lazy grid. It scrolls
 * sideways by itself where the page is narrow.
 *
 * @param <T> the record of one row
 */
public final class Table<T> {
    private final List<Column<T>> columns = new ArrayList<>();
    private final String caption;

    private record Column<T>(String header, boolean numeric, Function<T, Component> cell) {}

    /** @param caption what the table lists: its accessible name */
    public Table(String caption) {
        this.caption = caption;
    }

    /** A column of text. */
    public Table<T> text(String header, Function<T, String> text) {
        return component(header, row -> new Span(text.apply(row)));
    }

    /** A column of numbers: right-aligned, digits of one width. */
    public Table<T> number(String header, Function<T, String> text) {
        columns.add(new Column<>(header, true, row -> new Span(text.apply(row))));
        return this;
    }

    /** A column of components; an empty header is for actions, whose buttons name themselves. */
    public Table<T> component(String header, Function<T, Component> cell) {
        columns.add(new Column<>(header, false, cell));
        return this;
    }

    /** The table with these rows. */
    public Component of(List<T> rows) {
        NativeTable table = new NativeTable();
        table.addClassName("table");
        table.getElement().setAttribute("aria-label", caption);
        NativeTableRow head = new NativeTableRow();
        for (Column<T> column : columns) {
            NativeTableHeaderCell header = new NativeTableHeaderCell(column.header());
            header.getElement().setAttribute("scope", "col");
            header.setClassName("num", column.numeric());
            head.add(header);
        }
        table.getHead().add(head);
        for (T row : rows) {
            NativeTableRow line = new NativeTableRow();
            for (Column<T> column : columns) {
                NativeTableCell cell = new NativeTableCell(column.cell().apply(row));
                cell.setClassName("num", column.numeric());
                line.add(cell);
            }
            table.getBody().add(line);
        }
        Div scroller = new Div(table);
        scroller.addClassName("table-scroll");
        scroller.getElement().setAttribute("tabindex", "0");
        scroller.getElement().setAttribute("role", "region");
        scroller.getElement().setAttribute("aria-label", caption);
        return scroller;
    }
}
