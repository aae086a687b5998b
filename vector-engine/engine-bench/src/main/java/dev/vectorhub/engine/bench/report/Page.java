package dev.vectorhub.engine.bench.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** A run as one HTML page that needs nothing else: pictures of speed over recall, each with its table, then all rows. */
public final class Page {
    private static final String STYLE = """
            :root{color-scheme:light dark;--ground:light-dark(#fff,#14171c);--ink:light-dark(#1b1f24,#e6e9ee);
            --soft:light-dark(#5b6470,#9aa4b1);--line:light-dark(#d9dee5,#2c333d);--band:light-dark(#f4f6f9,#1b2027);
            --c0:light-dark(#0b5fce,#6fb0ff);--c1:light-dark(#7a3fc9,#c3a0ff);--c2:light-dark(#c23b22,#ff8f7a);
            --c3:light-dark(#17806b,#58d3b7);--c4:light-dark(#9a6b00,#f0c04e)}
            body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
            main{max-width:72rem;margin:0 auto;padding:2rem 1.25rem 4rem}
            h1{font-size:1.6rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2.5rem 0 .5rem}
            p,figcaption{color:var(--soft);margin:.25rem 0}figure{margin:0 0 1rem}
            svg{width:100%;height:auto;display:block}svg text{fill:var(--soft);font-size:13px}
            .scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;min-width:100%}
            th,td{text-align:left;padding:.3rem .7rem;border-bottom:1px solid var(--line);white-space:nowrap}
            th{font-weight:600;color:var(--soft)}td.n,th.n{text-align:right}tbody tr:hover{background:var(--band)}
            details summary{cursor:pointer;color:var(--soft)}dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem}
            dt{color:var(--soft)}dd{margin:0}
            """;

    private Page() {}

    /**
     * A page of its own, pictures included.
     *
     * @param title what was measured
     */
    public static String html(String title, Report report) {
        StringBuilder html = new StringBuilder(1 << 16);
        html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>Vectorizer Hub: ")
                .append(text(title))
                .append("</title>")
                .append("<style>")
                .append(STYLE)
                .append("</style></head><body><main><h1>Vectorizer Hub: ")
                .append(text(title))
                .append("</h1><p>")
                .append(Instant.now().truncatedTo(ChronoUnit.SECONDS))
                .append(" · ")
                .append(text(report.machine().cpu()))
                .append(" · kernel ")
                .append(text(report.machine().kernel()))
                .append("</p>");
        for (String data : report.curves().stream().map(Curve::data).distinct().toList()) {
            List<Curve> curves = report.curves().stream()
                    .filter(curve -> curve.data().equals(data))
                    .toList();
            figure(html, data, curves);
        }
        rows(html, report.rows());
        if (!report.notes().isEmpty()) {
            html.append("<h2>Notes</h2><ul>");
            report.notes()
                    .forEach(note -> html.append("<li>").append(text(note)).append("</li>"));
            html.append("</ul>");
        }
        machine(html, report.machine());
        return html.append("</main></body></html>\n").toString();
    }

    private static void figure(StringBuilder html, String data, List<Curve> curves) {
        html.append("<h2>").append(text(data)).append(": speed over recall</h2><figure>");
        html.append(Picture.svg(data, curves));
        html.append(
                        "<figcaption>Queries a second of the searching thread's CPU time over recall@10; up and right is better. ")
                .append("The dashed line is the recall at which speeds are compared.</figcaption></figure>");
        html.append(
                        "<details><summary>The same as a table</summary><div class=scroll><table><thead><tr><th>contestant</th>")
                .append("<th class=n>ef</th><th class=n>recall@10</th><th class=n>queries/CPU s</th>")
                .append("<th class=n>queries/s</th></tr></thead><tbody>");
        for (Curve curve : curves) {
            for (Curve.Point point : curve.points()) {
                html.append(String.format(
                        Locale.ROOT,
                        "<tr><td>%s</td><td class=n>%d</td><td class=n>%.4f</td><td class=n>%,.0f</td><td class=n>%,.0f</td></tr>",
                        text(curve.contestant()),
                        point.ef(),
                        point.recall(),
                        point.qps(),
                        point.wallQps()));
            }
        }
        html.append("</tbody></table></div></details>");
    }

    private static void rows(StringBuilder html, List<Row> rows) {
        html.append(
                        "<h2>All figures</h2><div class=scroll><table><thead><tr><th>work</th><th>data</th><th class=n>recall@10</th>")
                .append(
                        "<th class=n>engine</th><th>beside</th><th class=n>its figure</th><th>unit</th><th class=n>ratio</th>")
                .append("</tr></thead><tbody>");
        for (Row row : rows) {
            html.append("<tr><td>")
                    .append(text(row.work()))
                    .append("</td><td>")
                    .append(text(row.data()))
                    .append("</td><td class=n>")
                    .append(row.recall() == null ? "" : String.format(Locale.ROOT, "%.3f", row.recall()))
                    .append("</td><td class=n>")
                    .append(Table.number(row.us()))
                    .append("</td><td>")
                    .append(text(row.peer()))
                    .append("</td><td class=n>")
                    .append(Table.number(row.peerValue()))
                    .append("</td><td>")
                    .append(text(row.unit()))
                    .append("</td><td class=n>")
                    .append(row.ratio() == null ? "" : String.format(Locale.ROOT, "%.2f ×", row.ratio()))
                    .append("</td></tr>");
        }
        html.append("</tbody></table></div>");
    }

    private static void machine(StringBuilder html, Machine machine) {
        html.append("<h2>Machine</h2><dl>");
        pair(html, "processor", machine.cpu() + ", " + machine.cores() + " cores");
        pair(html, "memory", machine.memoryGib() + " GiB");
        pair(html, "system", machine.os());
        pair(html, "Java", machine.java());
        pair(html, "load before and after", machine.loadBefore() + ", " + machine.loadAfter());
        pair(html, "CPU taken by others", percent(machine.cpuOthers()) + " of all cores");
        pair(html, "CPU kept by the hypervisor", percent(machine.cpuSteal()) + " of all cores");
        pair(html, "the run took", machine.seconds() + " s");
        html.append("</dl>");
    }

    private static void pair(StringBuilder html, String term, String value) {
        html.append("<dt>").append(term).append("</dt><dd>").append(text(value)).append("</dd>");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
