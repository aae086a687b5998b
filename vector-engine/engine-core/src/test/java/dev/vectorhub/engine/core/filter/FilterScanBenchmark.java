package dev.vectorhub.engine.core.filter;

import dev.vectorhub.engine.core.Compression;
import dev.vectorhub.engine.core.Condition;
import dev.vectorhub.engine.core.Condition.MatchValue;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.FieldType;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.index.FieldIndexBuilder;
import dev.vectorhub.engine.core.point.Part;
import dev.vectorhub.engine.core.segment.FieldsBlob;
import dev.vectorhub.engine.core.segment.PointOrder;
import dev.vectorhub.engine.core.segment.Segment;
import dev.vectorhub.engine.core.segment.SegmentWriter;
import dev.vectorhub.engine.core.storage.BlobRef;
import dev.vectorhub.engine.core.storage.BlobWriter;
import dev.vectorhub.engine.core.storage.MappedFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.roaringbitmap.RoaringBitmap;

/**
 * What a filter costs by reading payloads and by an index, over parts of several sizes: run {@link #main}. A figure is the fastest
 * of several rounds, in microseconds of the thread's own time.
 */
final class FilterScanBenchmark {
    private static final String[] COLORS = {"red", "green", "blue", "black"};
    private static final String[] WORDS = {"fast", "vector", "search", "engine", "payload", "index", "small", "large"};

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private FilterScanBenchmark() {}

    private static String payload(Random random) {
        StringBuilder title = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            title.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return "{\"title\":\"" + title + "\",\"shop\":\"shop-" + random.nextInt(100) + "\",\"color\":\""
                + COLORS[random.nextInt(4)] + "\",\"price\":" + random.nextInt(100) + ",\"at\":\"2024-0"
                + (1 + random.nextInt(9)) + "-01T00:00:00Z\",\"place\":{\"lat\":" + random.nextDouble(-60, 60)
                + ",\"lon\":" + random.nextDouble(-180, 180) + "}}";
    }

    public static void main(String[] arguments) throws IOException {
        Map<String, FieldSpec> fields = new LinkedHashMap<>();
        fields.put("shop", FieldSpec.of(FieldType.KEYWORD));
        fields.put("color", FieldSpec.of(FieldType.KEYWORD));
        fields.put("price", FieldSpec.of(FieldType.INTEGER));
        fields.put("at", FieldSpec.of(FieldType.DATETIME));
        fields.put("place", FieldSpec.of(FieldType.GEO));
        fields.put("title", FieldSpec.of(FieldType.TEXT));
        Map<String, Filter> filters = new LinkedHashMap<>();
        filters.put("keyword 1 %", match("shop", new MatchValue.Keyword("shop-7")));
        filters.put("keyword 25 %", match("color", new MatchValue.Keyword("red")));
        filters.put("integer range 50 %", Filter.must(new Condition.Range("price", 50.0, null, null, null)));
        filters.put("except", match("color", new MatchValue.Except(List.of("red"), List.of())));
        filters.put(
                "datetime range",
                Filter.must(new Condition.DatetimeRange("at", 1_709_251_200_000_000L, null, null, null)));
        filters.put(
                "geo radius 3,000 km",
                Filter.must(new Condition.GeoRadius("place", new Condition.GeoPoint(48, 11), 3e6)));
        filters.put("text, two tokens", match("title", new MatchValue.Text("small index")));
        Path folder = Files.createTempDirectory("filter-benchmark");
        System.out.println("points | filter | matches | scan us | ns/point | index us | ratio");
        for (int size : new int[] {200, 1_000, 2_000, 5_000, 20_000, 100_000}) {
            measure(size, fields, filters, folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static Filter match(String key, MatchValue value) {
        return Filter.must(new Condition.Match(key, value));
    }

    private static void measure(int size, Map<String, FieldSpec> fields, Map<String, Filter> filters, Path folder)
            throws IOException {
        Random random = new Random(1);
        List<String> payloads = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            payloads.add(payload(random));
        }
        MappedFiles mapped = new MappedFiles(Runnable::run);
        Path path = folder.resolve("segment-" + size);
        BlobRef ref;
        try (BlobWriter out = new BlobWriter(path, 1)) {
            ref = SegmentWriter.write(
                    out,
                    PointOrder.of(List.of(new SamplePart(payloads)), List.of(new RoaringBitmap())),
                    List.of(),
                    Compression.LZ4,
                    1);
            out.force();
        }
        Part part = Segment.open(mapped.acquire(path), ref, List.of());
        long built = System.nanoTime();
        ByteBuffersDirectory lucene = Objects.requireNonNull(FieldIndexBuilder.build(part, fields, () -> false));
        built = System.nanoTime() - built;
        Path indexPath = folder.resolve("fields-" + size);
        BlobRef indexRef;
        try (BlobWriter out = new BlobWriter(indexPath, 1)) {
            indexRef = FieldsBlob.write(out, lucene, size, fields);
            out.force();
        }
        double open = best(() -> {
            FieldsBlob fresh = FieldsBlob.open(mapped.acquire(indexPath), indexRef, size);
            return fresh.index(fields) == null ? 0 : 1;
        });
        System.out.printf(
                Locale.ROOT,
                "%d: built in %.1f ms, %.1f bytes/point, opened in %.0f us%n",
                size,
                built / 1e6,
                (double) indexRef.length() / size,
                open);
        FieldsBlob blob = FieldsBlob.open(mapped.acquire(indexPath), indexRef, size);
        FieldSchema schema = new FieldSchema(fields);
        filters.forEach((name, filter) -> {
            PayloadMatcher matcher = PayloadMatcher.compile(filter, schema);
            int matches = scan(part, matcher);
            double scan = best(() -> scan(part, matcher));
            double indexed = best(() -> new FilterPlanner(part, unasked(blob, fields), n -> -1)
                    .bounds(filter)
                    .sure()
                    .getCardinality());
            System.out.printf(
                    Locale.ROOT,
                    "%d | %s | %d | %.0f | %.0f | %.0f | %.1f%n",
                    size,
                    name,
                    matches,
                    scan,
                    scan * 1e3 / size,
                    indexed,
                    scan / indexed);
        });
    }

    /** The same index as if it had never been asked: other maps of fields do not share what is known. */
    private static FieldIndex unasked(FieldsBlob blob, Map<String, FieldSpec> fields) {
        return blob.index(new LinkedHashMap<>(fields));
    }

    private static int scan(Part part, PayloadMatcher matcher) {
        Part.PayloadCursor payloads = part.payloads();
        int count = 0;
        for (int i = 0; i < part.size(); i++) {
            int length = payloads.seek(i);
            count += matcher.matches(null, payloads.bytes(), payloads.start(), length) ? 1 : 0;
        }
        return count;
    }

    /** Microseconds. */
    private static double best(IntSupplier work) {
        double best = Double.MAX_VALUE;
        // a short work is repeated within a measurement: the clock of a thread's time is coarse
        int times = 1;
        long end = THREADS.getCurrentThreadCpuTime() + 400_000_000L;
        int sum = 0;
        while (THREADS.getCurrentThreadCpuTime() < end || best == Double.MAX_VALUE) {
            long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < times; i++) {
                sum = sum + work.getAsInt() & Integer.MAX_VALUE;
            }
            long took = THREADS.getCurrentThreadCpuTime() - start;
            best = Math.min(best, took / 1e3 / times);
            times = took < 1_000_000 ? 2 * times : times;
        }
        if (sum < 0) {
            throw new AssertionError("an answer is never negative");
        }
        return best;
    }
}
