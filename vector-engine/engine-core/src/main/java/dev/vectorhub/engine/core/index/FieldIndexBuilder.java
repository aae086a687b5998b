package dev.vectorhub.engine.core.index;

import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.filter.FieldReader;
import dev.vectorhub.engine.core.payload.FieldPath;
import dev.vectorhub.engine.core.point.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.NoLockFactory;
import org.jspecify.annotations.Nullable;

/** Builds the Lucene index of a part: one segment, whose document numbers are the ordinals. */
public final class FieldIndexBuilder {
    /** What the writer holds before it writes a piece; the pieces are merged at the end, in their order. */
    private static final double WRITER_MB = 32;

    private static final int LOOK_UP = 1 << 10;

    private FieldIndexBuilder() {}

    /**
     * Reads every payload of the part, whose memory the caller holds. Takes the index's size in heap while it is built.
     *
     * @param fields by key, in the order in which the index numbers them
     * @param cancelled asked now and then
     * @return null if it was cancelled
     */
    public static @Nullable ByteBuffersDirectory build(
            Part part, Map<String, FieldSpec> fields, BooleanSupplier cancelled) throws IOException {
        ByteBuffersDirectory directory = new ByteBuffersDirectory(NoLockFactory.INSTANCE);
        IndexWriterConfig config = new IndexWriterConfig()
                .setUseCompoundFile(false)
                .setMergePolicy(new LogDocMergePolicy())
                .setMergeScheduler(new SerialMergeScheduler())
                .setRAMBufferSizeMB(WRITER_MB)
                .setCommitOnClose(false);
        config.getMergePolicy().setNoCFSRatio(0);
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            List<IndexableField> document = new ArrayList<>();
            List<FieldDocument> documents = new ArrayList<>();
            FieldReader reader = new FieldReader();
            fields.forEach((key, spec) -> {
                FieldDocument field = new FieldDocument(documents.size(), spec, document);
                documents.add(field);
                reader.add(FieldPath.parse(key), spec.type(), field);
            });
            Part.PayloadCursor payloads = part.payloads();
            for (int ordinal = 0; ordinal < part.size(); ordinal++) {
                if (ordinal % LOOK_UP == 0 && cancelled.getAsBoolean()) {
                    writer.rollback();
                    return null;
                }
                document.clear();
                int length = payloads.seek(ordinal);
                reader.over(payloads.bytes(), payloads.start(), length);
                documents.forEach(FieldDocument::finish);
                writer.addDocument(document);
            }
            writer.forceMerge(1);
            writer.commit();
        }
        return directory;
    }
}
