package dev.vectorhub.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.launcher.HubApi;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration ends as it should, and data outlives {@code down}. */
class LifecycleIT {
    private static final int POINTS = 600;

    @TempDir
    Path state;

    @Test
    void demoMetersWhatItMadeAndDataOutlivesDown() throws Exception {
        try {
            String api = HubCommand.run(state, "up", "--ports", "auto", "--json")
                    .json()
                    .path("api")
                    .asText();
            JsonNode demo = HubCommand.run(state, "demo", "--points", Integer.toString(POINTS), "--json")
                    .json();
            assertTrue(demo.path("recall_at_10").asDouble() >= 0.99, demo.toString());
            assertEquals(demo.path("requests"), demo.path("usage"), "metered is not what was made");
            assertEquals(POINTS, demo.path("points").asInt());

            String key = HubCommand.run(
                            state, "signup", "--organisation", "Kept", "--email", "kept@example.test", "--json")
                    .json()
                    .path("apiKey")
                    .asText();
            fill(new HubApi(HubApi.newClient(), api, Map.of("api-key", key)));

            Set<Long> pids = pids(HubCommand.run(state, "status", "--json").json());
            assertTrue(pids.size() >= 5, pids.toString());
            assertEquals(0, HubCommand.run(state, "down").status());
            for (long pid : pids) {
                assertFalse(
                        ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false), () -> "still runs: " + pid);
            }
            assertNotEquals(0, HubCommand.run(state, "status", "--json").status(), "a stopped hub has no status 0");

            String again = HubCommand.run(state, "up", "--ports", "auto", "--json")
                    .json()
                    .path("api")
                    .asText();
            check(new HubApi(HubApi.newClient(), again, Map.of("api-key", key)));
        } finally {
            HubCommand.run(state, "down");
        }
    }

    private static void fill(HubApi tenant) throws InterruptedException {
        tenant.put("/collections/kept", bytes("{\"vectors\":{\"size\":2,\"distance\":\"Dot\"}}"));
        for (int i = 0; i < 50; i++) {
            tenant.put(
                    "/collections/kept/points?wait=true",
                    bytes("{\"points\":[{\"id\":" + i + ",\"vector\":[" + i + ",1],\"payload\":{\"n\":" + i + "}}]}"));
        }
        tenant.post("/collections/kept/points/delete?wait=true", bytes("{\"points\":[49]}"));
        check(tenant);
    }

    private static void check(HubApi tenant) throws InterruptedException {
        JsonNode hits = tenant.post(
                        "/collections/kept/points/query", bytes("{\"query\":[1,0],\"limit\":2,\"with_payload\":true}"))
                .path("result")
                .path("points");
        assertEquals(48, hits.path(0).path("id").asInt(), hits.toString());
        assertEquals(47, hits.path(1).path("payload").path("n").asInt(), hits.toString());
        JsonNode count = tenant.post("/collections/kept/points/count", bytes("{\"exact\":true}"));
        assertEquals(49, count.path("result").path("count").asInt());
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anOccupiedPortIsAnErrorThatNamesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            HubCommand.Ended up = HubCommand.run(state, "up", "--ports", "auto", "--api-port", port);
            assertNotEquals(0, up.status());
            assertTrue(up.err().contains(port) && up.err().contains("--api-port"), up.err());
            assertFalse(Files.exists(state.resolve("run/hub.json")), "nothing may have started");
        }
    }

    @Test
    void wrongWordsAreErrorsThatSayWhatIsRight() {
        for (List<String> words : List.of(
                List.of("up", "--ports", "some"),
                List.of("demo", "--points", "0"),
                List.of("signup"),
                List.of("bench", "nothing"))) {
            HubCommand.Ended ended = HubCommand.run(state, words.toArray(String[]::new));
            assertNotEquals(0, ended.status(), words.toString());
            assertFalse(ended.err().contains("\tat "), () -> "a stack trace for " + words + ": " + ended.err());
            assertTrue(ended.err().startsWith("hub: "), ended.err());
        }
    }

    private static Set<Long> pids(JsonNode status) {
        return status.path("components")
                .valueStream()
                .filter(component -> component.path("pid").isIntegralNumber())
                .map(component -> component.path("pid").asLong())
                .collect(Collectors.toSet());
    }
}
