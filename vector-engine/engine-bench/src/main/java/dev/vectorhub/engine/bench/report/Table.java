package dev.vectorhub.engine.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rows as text in columns. */
public final class Table {
    private static final List<String> HEAD =
            List.of("work", "data", "recall", "engine", "peer", "peer's", "unit", "ratio");

    private Table() {}

    public static List<String> lines(Report report) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEAD);
        for (Row row : report.rows()) {
            cells.add(List.of(
                    row.work(),
                    row.data(),
                    row.recall() == null ? "" : String.format(Locale.ROOT, "%.3f", row.recall()),
                    number(row.us()),
                    row.peer(),
                    number(row.peerValue()),
                    row.unit(),
                    row.ratio() == null ? "" : String.format(Locale.ROOT, "%.2f ×", row.ratio())));
        }
        int[] widths = new int[HEAD.size()];
        for (List<String> line : cells) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], line.get(column).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> line : cells) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = line.get(column);
                String space = " ".repeat(widths[column] - cell.length());
                boolean numeric = column == 2 || column == 3 || column == 5 || column == 7;
                text.append(numeric ? space + cell : cell + space).append("  ");
            }
            lines.add(text.toString().stripTrailing());
        }
        return lines;
    }

    static String number(@Nullable Double value) {
        if (value == null) {
            return "";
        }
        double size = Math.abs(value);
        return String.format(
                Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.4f", value);
    }
}
