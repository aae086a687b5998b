package dev.vectorhub.billing.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class CsvRowTest {
    @Test
    void quotesWhatRfc4180Quotes() throws IOException {
        StringWriter out = new StringWriter();
        CsvRow row = new CsvRow(out);
        row.field("plain")
                .field(null)
                .field("")
                .field("a,b")
                .field("say \"hi\"")
                .field("two\nlines")
                .end();
        row.field("next").end();
        assertEquals("plain,,\"\",\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\nnext\r\n", out.toString());
    }
}
