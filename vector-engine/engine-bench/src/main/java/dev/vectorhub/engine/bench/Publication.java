package dev.vectorhub.engine.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vectorhub.engine.bench.report.Page;
import dev.vectorhub.engine.bench.report.Report;
import dev.vectorhub.engine.bench.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every benchmark leaves: a table, a file, a page and, where it is asked for, one line for machines. */
public final class Publication {
    private Publication() {}

    /**
     * Publishes a report.
     *
     * @param folder where {@code name.json} and {@code name.html} go; it is there
     * @param title of the page
     * @param json whether the last line of standard output is the machine and the rows; the table goes to standard error then
     */
    public static void publish(Report report, Path folder, String name, String title, boolean json) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        Path file = folder.resolve(name + ".json");
        mapper.writer(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), report);
        Path page = folder.resolve(name + ".html");
        Files.writeString(page, Page.html(title, report));
        Progress text = new Progress(json ? System.err : System.out);
        text.line("");
        Table.lines(report).forEach(text::line);
        report.notes().forEach(note -> text.line("NOTE " + note));
        text.line("");
        text.line(report.machine().toString());
        text.line("written: " + file + ", " + page);
        if (json) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("machine", report.machine());
            answer.put("rows", report.rows());
            System.out.println(mapper.writeValueAsString(answer));
            System.out.flush();
        }
    }
}
