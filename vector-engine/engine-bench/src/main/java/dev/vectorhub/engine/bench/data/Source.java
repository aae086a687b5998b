package dev.vectorhub.engine.bench.data;

import dev.vectorhub.engine.bench.Progress;
import java.io.IOException;

/** Where the vectors of a data set come from. Its first {@link DataSet#QUERIES} rows are the held-out queries. */
interface Source {
    String name();

    Metric metric();

    int dimensions();

    /** Rows that are not queries. */
    int base();

    /** Recall@10 at which speeds are compared. */
    double recall();

    /** Brings the file to at least {@code rows} rows; to be resumed where it was left. */
    void fill(RowFile file, int rows, Progress progress) throws IOException;
}
