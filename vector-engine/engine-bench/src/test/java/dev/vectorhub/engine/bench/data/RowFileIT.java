package dev.vectorhub.engine.bench.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vectorhub.engine.bench.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowFileIT {
    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void fill() throws IOException {
        file = folder.resolve("rows.f32");
        try (RowFile rows = RowFile.open(file, 3)) {
            for (int i = 0; i < 5; i++) {
                rows.append(new float[] {i, 1, 2}, false);
            }
            rows.commit();
        }
    }

    private int committed() throws IOException {
        try (RowFile rows = RowFile.open(file, 3)) {
            return rows.rows();
        }
    }

    @Test
    void aBrokenRunGoesOnAfterItsLastCommit() throws IOException {
        try (RowFile rows = RowFile.open(file, 3)) {
            rows.append(new float[] {7, 7, 7}, false);
        }
        assertEquals(5, committed());
        assertEquals(5L * 3 * Float.BYTES, Files.size(file));
        try (RowFile rows = RowFile.open(file, 3)) {
            rows.append(new float[] {8, 8, 8}, false);
            rows.commit();
        }
        assertEquals(6, committed());
    }

    @Test
    void aDamagedFileIsBegunAnew() throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[17] ^= 1;
        Files.write(file, content);
        assertEquals(0, committed());
    }

    @Test
    void aTruncatedFileIsBegunAnew() throws IOException {
        byte[] content = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(content, content.length - 1));
        assertEquals(0, committed());
    }

    @Test
    void cosineRowsGetUnitLength() throws IOException {
        Path other = folder.resolve("unit.f32");
        try (RowFile rows = RowFile.open(other, 2)) {
            for (int i = 0; i < DataSet.QUERIES; i++) {
                rows.append(new float[] {3, 4}, true);
            }
            rows.commit();
        }
        DataSet.Vectors vectors = new DataSet("unit", Metric.COSINE, other, 2, 0, 1).vectors();
        assertArrayEquals(new float[] {0.6f, 0.8f}, vectors.query(1));
    }

    @Test
    void aRowOfAnotherLengthIsRefused() throws IOException {
        try (RowFile rows = RowFile.open(file, 3)) {
            assertThrows(Failure.class, () -> rows.append(new float[2], false));
        }
    }
}
