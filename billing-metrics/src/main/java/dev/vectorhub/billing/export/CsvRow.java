package dev.vectorhub.billing.export;

import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** Writes rows of comma-separated values as RFC 4180 has them. A null is an empty field, an empty string is quoted. */
final class CsvRow {
    private final Writer out;
    private boolean first = true;

    CsvRow(Writer out) {
        this.out = out;
    }

    CsvRow field(@Nullable String value) throws IOException {
        if (!first) {
            out.write(',');
        }
        first = false;
        if (value == null) {
            return this;
        }
        if (mustQuote(value)) {
            out.write('"');
            out.write(value.replace("\"", "\"\""));
            out.write('"');
        } else {
            out.write(value);
        }
        return this;
    }

    void end() throws IOException {
        out.write("\r\n");
        first = true;
    }

    private static boolean mustQuote(String value) {
        if (value.isEmpty()) {
            return true;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ',' || c == '"' || c == '\r' || c == '\n') {
                return true;
            }
        }
        return false;
    }
}
