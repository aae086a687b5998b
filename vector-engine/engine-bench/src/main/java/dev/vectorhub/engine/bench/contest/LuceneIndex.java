package dev.vectorhub.engine.bench.contest;

import dev.vectorhub.engine.bench.data.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.MMapDirectory;
import org.jspecify.annotations.Nullable;

/** Lucene with binary32 vectors in one segment, the form in which it searches fastest; the document's number is the row's. */
final class LuceneIndex implements Index {
    private static final String FIELD = "v";
    /** Over all the vectors and the graph: one segment, no merge. */
    private static final int BUFFER_MEGABYTES = 2000;

    private final DataSet set;
    private final Path folder;
    private final MMapDirectory directory;
    private @Nullable DirectoryReader reader;
    private @Nullable IndexSearcher searcher;

    LuceneIndex(DataSet set, Path folder) throws IOException {
        this.set = set;
        this.folder = folder;
        this.directory = new MMapDirectory(folder);
    }

    @Override
    public void build(int m, int efConstruct) throws IOException {
        KnnVectorsFormat format = new Lucene99HnswVectorsFormat(m, efConstruct);
        IndexWriterConfig config = new IndexWriterConfig()
                .setMergePolicy(NoMergePolicy.INSTANCE)
                .setRAMBufferSizeMB(BUFFER_MEGABYTES)
                .setUseCompoundFile(false)
                .setCodec(new Lucene104Codec() {
                    @Override
                    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                        return format;
                    }
                });
        VectorSimilarityFunction similarity = switch (set.metric()) {
            case L2 -> VectorSimilarityFunction.EUCLIDEAN;
            case COSINE -> VectorSimilarityFunction.DOT_PRODUCT;
            case DOT -> VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
        };
        DataSet.Vectors vectors = set.vectors();
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (int row = 0; row < set.base(); row++) {
                Document document = new Document();
                document.add(new KnnFloatVectorField(FIELD, vectors.base(row), similarity));
                writer.addDocument(document);
            }
            writer.commit();
        }
        DirectoryReader opened = DirectoryReader.open(directory);
        if (opened.leaves().size() != 1) {
            throw new IllegalStateException("Lucene made " + opened.leaves().size() + " segments");
        }
        reader = opened;
        searcher = new IndexSearcher(opened);
    }

    @Override
    public void search(float[] query, int ef, int k, int[] rows, int at) throws IOException {
        ScoreDoc[] hits = Objects.requireNonNull(searcher, "not built")
                .search(new KnnFloatVectorQuery(FIELD, query, ef), k)
                .scoreDocs;
        for (int i = 0; i < hits.length; i++) {
            rows[at + i] = hits[i].doc;
        }
    }

    @Override
    public long diskBytes() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
        directory.close();
    }
}
