package dev.vectorhub.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.launcher.Failure;
import dev.vectorhub.launcher.HubApi;
import dev.vectorhub.launcher.Progress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A tenant's program: fills a collection and searches it over the public API, and counts what it asked for. */
final class DemoTenant {
    private static final String COLLECTION = "wordnet";
    private static final int BATCH = 100;
    private static final int K = 10;
    private static final int HITS_SHOWN = 3;
    private static final int USAGE_WAIT_MILLIS_MAX = 30_000;
    private static final int POLL_MILLIS = 200;

    private final HubApi api;
    private final Progress progress;
    private final Map<String, Long> requests = new LinkedHashMap<>();

    DemoTenant(HubApi api, Progress progress) {
        this.api = api;
        this.progress = progress;
        for (String operationClass : List.of("read", "search", "write", "manage")) {
            requests.put(operationClass, 0L);
        }
    }

    /**
     * What the measured searches gave.
     *
     * @param recall share of the exact ten nearest that were found
     */
    record Searched(int count, double recall, double p50Millis, double p99Millis) {}

    /** Requests made so far, by operation class, as this program counted them. */
    Map<String, Long> requests() {
        return new LinkedHashMap<>(requests);
    }

    /** Creates the collection and upserts all rows; returns points per second, acknowledged after fsync. */
    double load(DemoText text) throws InterruptedException {
        count("manage");
        api.put(
                "/collections/" + COLLECTION,
                ("{\"vectors\":{\"size\":" + GlossEmbedder.DIMENSIONS + ",\"distance\":\"Cosine\"}}")
                        .getBytes(StandardCharsets.UTF_8));
        count("manage");
        api.put(
                "/collections/" + COLLECTION + "/index?wait=true",
                "{\"field_name\":\"domain\",\"field_schema\":\"keyword\"}".getBytes(StandardCharsets.UTF_8));
        int rows = text.glosses().size();
        long start = System.nanoTime();
        for (int from = 0; from < rows; from += BATCH) {
            int to = Math.min(rows, from + BATCH);
            byte[] body = PointsJson.upsert(text.glosses(), text.vectors(), from, to);
            count("write");
            api.put("/collections/" + COLLECTION + "/points?wait=true", body);
            if (to % (BATCH * 10) == 0 || to == rows) {
                progress.step("loaded " + to + " of " + rows + " points");
            }
        }
        return rows / ((System.nanoTime() - start) / 1e9);
    }

    /** Asks each question without and with its filter; returns the seconds from the start to the first answer. */
    double ask(DemoText text) throws InterruptedException {
        double first = 0;
        for (int i = 0; i < text.questions().size(); i++) {
            DemoCommand.Question question = text.questions().get(i);
            for (String domain : List.of("", question.domain())) {
                JsonNode hits = search(PointsJson.query(text.questionVectors().get(i), HITS_SHOWN, domain, true));
                if (first == 0) {
                    first = progress.elapsedSeconds();
                }
                progress.say("");
                progress.say(question.text() + "?" + (domain.isEmpty() ? "" : "   [domain = " + domain + "]"));
                for (JsonNode hit : hits) {
                    JsonNode payload = hit.path("payload");
                    if (!domain.isEmpty() && !payload.path("domain").asText().equals(domain)) {
                        throw new Failure("a filtered search returned " + payload);
                    }
                    progress.say(String.format(
                            "  %.3f  %s (%s): %s",
                            hit.path("score").asDouble(),
                            payload.path("lemma").asText(),
                            payload.path("domain").asText(),
                            payload.path("text").asText()));
                }
            }
        }
        progress.say("");
        return first;
    }

    /** Searches with every held-out query and compares with the exact answer over the same vectors. */
    Searched compare(DemoText text) throws InterruptedException {
        ExactSearch exact = new ExactSearch(text.vectors());
        Latencies latencies = new Latencies();
        long found = 0;
        long wanted = 0;
        for (float[] query : text.queries()) {
            byte[] body = PointsJson.query(query, K, "", false);
            long start = System.nanoTime();
            JsonNode hits = search(body);
            latencies.add(System.nanoTime() - start);
            Set<Integer> ids = new HashSet<>();
            hits.forEach(hit -> ids.add(hit.path("id").asInt()));
            for (int row : exact.nearest(query, K)) {
                wanted++;
                found += ids.contains(row) ? 1 : 0;
            }
        }
        progress.step("compared " + latencies.count() + " searches with exact answers");
        return new Searched(
                latencies.count(),
                (double) found / wanted,
                latencies.percentileMillis(0.5),
                latencies.percentileMillis(0.99));
    }

    /** Waits until the ledger shows what was asked for, or the bound passes; returns requests by class. */
    Map<String, Long> awaitUsage(Map<String, Long> made) throws InterruptedException {
        long deadline = System.nanoTime() + USAGE_WAIT_MILLIS_MAX * 1_000_000L;
        while (true) {
            Map<String, Long> usage = usage();
            if (usage.equals(made) || System.nanoTime() > deadline) {
                return usage;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Requests by operation class from {@code GET /v1/usage}. */
    private Map<String, Long> usage() throws InterruptedException {
        Map<String, Long> usage = new LinkedHashMap<>();
        JsonNode classes = api.get("/v1/usage?granularity=total").path("requests");
        classes.properties()
                .forEach(entry -> usage.put(entry.getKey(), entry.getValue().asLong()));
        return usage;
    }

    private JsonNode search(byte[] body) throws InterruptedException {
        count("search");
        return api.post("/collections/" + COLLECTION + "/points/query", body)
                .path("result")
                .path("points");
    }

    private void count(String operationClass) {
        requests.merge(operationClass, 1L, Long::sum);
    }
}
