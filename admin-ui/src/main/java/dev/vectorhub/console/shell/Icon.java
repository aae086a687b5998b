package dev.vectorhub.console.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Svg;

/** The console's icons: strokes on a 20 × 20 grid that take the colour of the text beside them. */
public enum Icon {
    OVERVIEW("<path d='M3 13.5 7.5 9l3 3L17 5.5'/><path d='M12.5 5.5H17V10'/><path d='M3 17h14'/>"),
    TENANTS(
            "<path d='M3 17V6.5L8.5 3v14'/><path d='M8.5 8H17v9'/><path d='M2 17h16'/><path d='M11.5 11h2.5M11.5 14h2.5'/>"),
    NODES("<rect x='3' y='3.5' width='14' height='5.5' rx='1.5'/><rect x='3' y='11' width='14' height='5.5' rx='1.5'/>"
            + "<path d='M6 6.25h.01M6 13.75h.01M9 6.25h5M9 13.75h5'/>"),
    PLANS("<path d='M10 2.8 17 6.4 10 10 3 6.4Z'/><path d='m3 10 7 3.6L17 10'/><path d='m3 13.6 7 3.6 7-3.6'/>"),
    QUICKSTART("<path d='m6.5 6-4 4 4 4M13.5 6l4 4-4 4M11.5 4l-3 12'/>"),
    KEYS("<circle cx='6.5' cy='13.5' r='3.5'/><path d='m9 11 7.5-7.5M13 7l2.5 2.5'/>"),
    USAGE("<path d='M3.5 17V11M8 17V4M12.5 17V8.5M17 17V13'/>"),
    BACKUPS("<path d='M3 6.5 10 3l7 3.5-7 3.5Z'/><path d='M3 6.5V14l7 3.5 7-3.5V6.5M10 10v7.5'/>"),
    ISOLATION("<path d='M10 2.8 16 5v5c0 3.6-2.4 6-6 7.4C6.4 16 4 13.6 4 10V5Z'/><path d='M10 2.8v14.6M4 9.6h12'/>"),
    MEMBERS("<circle cx='7.5' cy='7' r='3'/><path d='M2 17c.4-3 2.5-4.7 5.5-4.7s5.1 1.7 5.5 4.7'/>"
            + "<path d='M13 4.3a3 3 0 0 1 0 5.4M15 12.7c1.7.7 2.7 2.2 3 4.3'/>"),
    SUN("<circle cx='10' cy='10' r='3.5'/><path d='M10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4"
            + "M4.3 15.7l1.4-1.4M14.3 5.7l1.4-1.4'/>"),
    MOON("<path d='M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7Z'/>"),
    SCREEN("<rect x='2.5' y='3.5' width='15' height='10' rx='1.5'/><path d='M7 17h6M10 13.5V17'/>"),
    SIGN_OUT("<path d='M12 3.5H5.5A1.5 1.5 0 0 0 4 5v10a1.5 1.5 0 0 0 1.5 1.5H12'/><path d='M9 10h8M14 7l3 3-3 3'/>");

    /** The mark: three vectors from one origin. */
    static final String LOGO_SVG = "<svg class='logo' viewBox='0 0 32 32' aria-hidden='true'>"
            + "<rect width='32' height='32' rx='8' class='logo-ground'/>"
            + "<path class='logo-rays' d='M9 23 23.5 20M9 23 21 10M9 23 10.5 8.5'/>"
            + "<circle class='logo-dot' cx='9' cy='23' r='2.6'/>"
            + "<circle class='logo-tip' cx='23.5' cy='20' r='2'/><circle class='logo-tip' cx='21' cy='10' r='2'/>"
            + "<circle class='logo-tip' cx='10.5' cy='8.5' r='2'/></svg>";

    private final String strokes;

    Icon(String strokes) {
        this.strokes = strokes;
    }

    /** A new icon, hidden from screen readers: the text or label beside it speaks. */
    public Component create() {
        return svg("<svg class='icon' viewBox='0 0 20 20' aria-hidden='true' focusable='false'>" + strokes + "</svg>");
    }

    static Component logo() {
        return svg(LOGO_SVG);
    }

    private static Component svg(String markup) {
        Svg svg = new Svg(markup);
        svg.getElement().getClassList().add("svg");
        return svg;
    }
}
