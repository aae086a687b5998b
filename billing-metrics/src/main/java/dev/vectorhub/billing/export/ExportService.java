package dev.vectorhub.billing.export;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import javax.sql.DataSource;

/** Streams usage and charges. Memory is bounded whatever the interval; the same data gives the same bytes. */
@Singleton
public final class ExportService {
    private final DataSource dataSource;

    @Inject
    public ExportService(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Writes FOCUS 1.4 Cost and Usage rows as CSV (UTF-8, header first). Returns the rows. The stream stays open. */
    public long focusCsv(ExportRequest request, BillingAccounts accounts, OutputStream out) throws IOException {
        throw new UnsupportedOperationException(dataSource.toString());
    }

    /** Writes hourly usage as one JSON object a line. Returns the lines. The stream stays open. */
    public long jsonl(ExportRequest request, OutputStream out) throws IOException {
        throw new UnsupportedOperationException();
    }
}
