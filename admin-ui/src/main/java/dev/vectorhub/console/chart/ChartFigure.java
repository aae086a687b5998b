package dev.vectorhub.console.chart;

import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import dev.vectorhub.console.part.EmptyState;
import dev.vectorhub.console.part.Table;

/** A chart on a page with its data table, folded under "Show data". */
public final class ChartFigure extends Div {
    /**
     * @param width drawing width in CSS pixels at full size: match the container so that labels keep their size
     * @param nothing what to say where there is no data: a sentence that tells what would make some
     */
    public ChartFigure(Chart chart, int width, int height, String nothing) {
        addClassName("figure");
        getElement().setAttribute("role", "figure").setAttribute("aria-label", chart.title());
        if (chart.empty()) {
            add(new EmptyState("Nothing to draw yet", nothing));
            return;
        }
        Svg drawing = new Svg(ChartSvg.draw(chart, width, height));
        drawing.addClassName("figure-drawing");
        add(drawing);
        NativeDetails data = new NativeDetails(
                "Show data",
                new Table<Chart.Slot>(chart.title())
                        .text("When", Chart.Slot::when)
                        .number(chart.unit(), Chart.Slot::text)
                        .of(chart.slots().reversed()));
        data.addClassName("figure-data");
        add(data);
    }
}
