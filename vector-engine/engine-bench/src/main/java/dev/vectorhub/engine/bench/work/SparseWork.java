package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.contest.EngineIndex;
import dev.vectorhub.engine.bench.data.Glosses;
import dev.vectorhub.engine.bench.report.Row;
import dev.vectorhub.engine.core.Ceilings;
import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.EngineStore;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.Modifier;
import dev.vectorhub.engine.core.NamedVector;
import dev.vectorhub.engine.core.PayloadSelection;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.QuantizationSearch;
import dev.vectorhub.engine.core.ScoredPoint;
import dev.vectorhub.engine.core.SearchHits;
import dev.vectorhub.engine.core.SearchSpec;
import dev.vectorhub.engine.core.VectorConfig;
import dev.vectorhub.engine.core.VectorSelection;
import dev.vectorhub.engine.core.VectorValue;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.MMapDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Sparse vectors: WordNet's glosses under BM25, with the engine's modifier for how rare a word is, and held-out glosses, all their
 * words, as queries. Lucene's BM25 over the same texts is the yardstick; its ten best are held against the engine's.
 */
public final class SparseWork implements Work {
    private static final int POINTS = 100_000;
    private static final int K = 10;

    @Override
    public String name() {
        return "sparse";
    }

    @Override
    public void run(Run run) {
        int points = Math.max(1_000, (int) (POINTS * run.wish().scale()));
        Path folder = run.newFolder("sparse");
        run.progress().say("sparse: %d glosses", points);
        Map<String, Double> found = JobMain.run(
                Measuring.class,
                1,
                List.of(),
                List.of(folder.toString(), "" + points, "" + run.wish().rounds()));
        Run.remove(folder);
        double agreed = found.getOrDefault("agreed", Double.NaN);
        report(run, "sparse search", agreed, found, "micros", "CPU µs a query");
        run.add(Row.alone(
                "sparse: points looked at", "glosses", agreed, found.getOrDefault("touched", Double.NaN), "a query"));
        run.add(Row.alone("sparse: bytes read", "glosses", agreed, found.getOrDefault("read", Double.NaN), "a query"));
        report(run, "sparse: writing and indexing", null, found, "build", "CPU µs a point");
        report(run, "sparse: on disk", null, found, "bytes", "bytes a point");
    }

    private static void report(
            Run run, String work, @Nullable Double recall, Map<String, Double> found, String figure, String unit) {
        run.add(Row.against(
                work,
                "glosses",
                recall,
                found.getOrDefault(figure, Double.NaN),
                "Lucene BM25",
                found.getOrDefault("lucene." + figure, Double.NaN),
                unit));
    }

    /** The words of a text and how often each stands there. */
    private static Map<String, Integer> words(String text) {
        Map<String, Integer> words = new HashMap<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1)) {
            if (!word.isEmpty()) {
                words.merge(word, 1, Integer::sum);
            }
        }
        return words;
    }

    static final class Measuring implements Job {
        private static final int QUERIES = 1_000;
        private static final int BATCH = 1_000;
        private static final int WARM_UP_PASSES = 5;
        private static final double K1 = 1.2;
        private static final double B = 0.75;
        private static final String NAME = "words";

        private final Map<String, Integer> vocabulary = new HashMap<>();

        @Override
        public Map<String, Double> run(List<String> arguments) throws Exception {
            Path folder = Path.of(arguments.getFirst());
            int points = Integer.parseInt(arguments.get(1));
            int rounds = Integer.parseInt(arguments.get(2));
            List<String> texts = Glosses.texts();
            List<String> base = texts.subList(0, Math.min(points, texts.size() - QUERIES));
            List<String> queries = texts.subList(texts.size() - QUERIES, texts.size());
            Map<String, Double> figures = new TreeMap<>();
            List<Set<Integer>> best = lucene(folder.resolve("lucene"), base, queries, rounds, figures);
            engine(folder.resolve("engine"), base, queries, rounds, best, figures);
            return figures;
        }

        private static double cpuMicros() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e3;
        }

        /** Of all threads. */
        private static double processMicros() {
            return ProcessHandle.current()
                            .info()
                            .totalCpuDuration()
                            .orElseThrow()
                            .toNanos()
                    / 1e3;
        }

        private interface Pass {
            void run() throws IOException;
        }

        private static double median(int rounds, int queries, Pass pass) throws IOException {
            for (int i = 0; i < WARM_UP_PASSES; i++) {
                pass.run();
            }
            double[] micros = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                double start = cpuMicros();
                pass.run();
                micros[round] = (cpuMicros() - start) / queries;
            }
            return Median.of(micros);
        }

        // ---- the engine

        private VectorValue.Sparse vector(Map<String, Integer> words, double length, double average) {
            int[] indices = new int[words.size()];
            float[] values = new float[words.size()];
            int i = 0;
            for (Map.Entry<String, Integer> word : words.entrySet()) {
                indices[i] = vocabulary.computeIfAbsent(word.getKey(), w -> vocabulary.size());
                int count = word.getValue();
                values[i++] =
                        average == 0 ? 1 : (float) (count * (K1 + 1) / (count + K1 * (1 - B + B * length / average)));
            }
            return new VectorValue.Sparse(indices, values);
        }

        private static int length(Map<String, Integer> words) {
            return words.values().stream().mapToInt(Integer::intValue).sum();
        }

        private void engine(
                Path folder,
                List<String> base,
                List<String> queries,
                int rounds,
                List<Set<Integer>> best,
                Map<String, Double> figures)
                throws Exception {
            UUID tenant = EngineIndex.TENANT;
            UUID collection = EngineIndex.COLLECTION;
            List<Map<String, Integer>> words =
                    base.stream().map(SparseWork::words).toList();
            double average =
                    words.stream().mapToInt(Measuring::length).average().orElse(1);
            List<VectorValue.Sparse> vectors = new ArrayList<>();
            words.forEach(of -> vectors.add(vector(of, length(of), average)));
            try (EngineStore store = EngineStore.open(folder, EngineIndex.settings())) {
                double start = processMicros();
                store.placeTenant(1, tenant, 1, new UUID(0, 3), IsolationMode.COLLECTION);
                store.createCollection(
                        2,
                        tenant,
                        collection,
                        new CollectionConfig(
                                List.of(VectorConfig.sparse(NAME, Modifier.IDF)),
                                HnswConfig.DEFAULT,
                                IsolationMode.COLLECTION));
                for (int from = 0; from < base.size(); from += BATCH) {
                    List<PointRecord> batch = new ArrayList<>(BATCH);
                    for (int row = from; row < Math.min(base.size(), from + BATCH); row++) {
                        batch.add(new PointRecord(
                                PointId.of(row), List.of(new NamedVector(NAME, vectors.get(row))), new byte[0]));
                    }
                    store.upsert(3 + from, tenant, collection, batch, Ceilings.NONE);
                }
                store.checkpoint();
                store.awaitUpkeep();
                store.checkpoint();
                figures.put("build", (processMicros() - start) / base.size());
                figures.put("bytes", (double) store.info(tenant, collection).diskBytes() / base.size());
                List<SearchSpec> specs = new ArrayList<>();
                queries.forEach(text -> specs.add(search(vector(words(text), 0, 0))));
                figures.put("micros", median(rounds, queries.size(), () -> {
                    for (SearchSpec spec : specs) {
                        store.search(tenant, collection, spec);
                    }
                }));
                int agreed = 0;
                long touched = 0;
                long read = 0;
                for (int q = 0; q < specs.size(); q++) {
                    SearchHits hits = store.search(tenant, collection, specs.get(q));
                    touched += hits.vectorsScanned();
                    read += hits.bytesRead();
                    for (ScoredPoint hit : hits.points()) {
                        agreed += best.get(q).contains(EngineIndex.row(hit.id())) ? 1 : 0;
                    }
                }
                figures.put("agreed", agreed / (double) (K * specs.size()));
                figures.put("touched", touched / (double) specs.size());
                figures.put("read", read / (double) specs.size());
            }
        }

        private static SearchSpec search(VectorValue query) {
            return new SearchSpec(
                    NAME,
                    new SearchSpec.Query.ByVector(query),
                    null,
                    K,
                    0,
                    null,
                    0,
                    false,
                    false,
                    QuantizationSearch.DEFAULT,
                    PayloadSelection.NONE,
                    VectorSelection.NONE);
        }

        // ---- the yardstick

        private static List<Set<Integer>> lucene(
                Path folder, List<String> base, List<String> queries, int rounds, Map<String, Double> figures)
                throws IOException {
            try (MMapDirectory directory = new MMapDirectory(folder)) {
                double start = processMicros();
                try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(new StandardAnalyzer()))) {
                    for (String text : base) {
                        Document document = new Document();
                        document.add(new TextField("text", String.join(" ", spelt(text)), Field.Store.NO));
                        writer.addDocument(document);
                    }
                    writer.forceMerge(1);
                }
                figures.put("lucene.build", (processMicros() - start) / base.size());
                long bytes = 0;
                for (String file : directory.listAll()) {
                    bytes += directory.fileLength(file);
                }
                figures.put("lucene.bytes", (double) bytes / base.size());
                try (DirectoryReader reader = DirectoryReader.open(directory)) {
                    IndexSearcher searcher = new IndexSearcher(reader);
                    searcher.setQueryCache(null);
                    List<Query> asked = queries.stream().map(Measuring::query).toList();
                    figures.put("lucene.micros", median(rounds, queries.size(), () -> {
                        for (Query query : asked) {
                            searcher.search(query, K);
                        }
                    }));
                    List<Set<Integer>> best = new ArrayList<>();
                    for (Query query : asked) {
                        Set<Integer> of = new HashSet<>();
                        for (ScoreDoc hit : searcher.search(query, K).scoreDocs) {
                            of.add(hit.doc);
                        }
                        best.add(of);
                    }
                    return best;
                }
            }
        }

        /** The words of a text, each as often as it stands there. */
        private static List<String> spelt(String text) {
            List<String> all = new ArrayList<>();
            words(text).forEach((word, count) -> {
                for (int i = 0; i < count; i++) {
                    all.add(word);
                }
            });
            return all;
        }

        private static Query query(String text) {
            BooleanQuery.Builder query = new BooleanQuery.Builder();
            words(text)
                    .keySet()
                    .forEach(word -> query.add(new TermQuery(new Term("text", word)), BooleanClause.Occur.SHOULD));
            return query.build();
        }
    }
}
