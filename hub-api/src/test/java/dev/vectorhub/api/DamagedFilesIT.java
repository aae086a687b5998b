package dev.vectorhub.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vectorhub.collection.CollectionService;
import dev.vectorhub.node.EngineNode;
import dev.vectorhub.node.NodeService;
import dev.vectorhub.placement.PlacementService;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.plan.PlanService;
import dev.vectorhub.plan.PlanSpec;
import dev.vectorhub.tenant.Change;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.TenantId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * A hub is started on a data folder in which files of every kind are cut, changed in one byte or gone, a tenant for each: it says
 * which file it is and what is wrong with it, to its operator with the place and to the tenant without, and serves everybody else.
 */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class DamagedFilesIT {
    private static final int POINTS = 60;
    private static final int SIZE = 64;
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final List<String> KINDS = List.of("tenant.json", "manifest", "segment", "graph", "fields");

    /** What can happen to a file. */
    private enum How {
        CUT {
            @Override
            void to(Path file) throws IOException {
                byte[] bytes = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(bytes, bytes.length - lastThatCounts(file)));
            }
        },
        EMPTIED {
            @Override
            void to(Path file) throws IOException {
                Files.write(file, new byte[0]);
            }
        },
        FIRST_BYTE {
            @Override
            void to(Path file) throws IOException {
                flip(file, 0);
            }
        },
        /** Of tenant.json this is in the tenant's id. */
        MIDDLE_BYTE {
            @Override
            void to(Path file) throws IOException {
                flip(file, (int) Files.size(file) / 2);
            }
        },
        LAST_BYTE {
            @Override
            void to(Path file) throws IOException {
                flip(file, (int) Files.size(file) - lastThatCounts(file));
            }
        },
        GONE {
            @Override
            void to(Path file) throws IOException {
                Files.delete(file);
            }
        };

        abstract void to(Path file) throws IOException;
    }

    private record Customer(String name, IsolationMode mode, TenantId id, String key) {
        Path home(Path data, String collection) {
            return switch (mode) {
                case STORAGE -> data.resolve("tenants/tenant_" + id);
                case COLLECTION -> data.resolve("shared/collections").resolve(collection);
                case NONE -> data;
            };
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();

    @Inject
    Tenants tenants;

    @Inject
    PlanService plans;

    @Inject
    NodeService nodes;

    @Inject
    PlacementService placements;

    @Inject
    CollectionService collections;

    @Inject
    Config config;

    @SuppressWarnings("NullAway.Init") // by the container
    DamagedFilesIT() {}

    @Test
    void whoseFileIsDamagedIsToldAndTheRestServed() throws Exception {
        assumeTrue(Files.exists(HubProcess.JAR), "the application is not packaged");
        for (IsolationMode mode : IsolationMode.values()) {
            plans.put(
                    new PlanSpec(plan(mode), "Damaged", new Limits(5, 10_000, 1L << 30, 1_000_000), mode),
                    Change.by(Tenants.TEST, "test"));
        }
        Path before = Path.of(config.getValue("storage.data_dir", String.class));
        URI here = URI.create("http://127.0.0.1:" + RestAssured.port + "/");
        Map<Customer, Damaging> victims = new LinkedHashMap<>();
        List<Customer> sound = new ArrayList<>();
        for (String kind : KINDS) {
            for (How how : How.values()) {
                victims.put(
                        customer(here, kind + " " + how, IsolationMode.STORAGE),
                        (home, whose) -> damaged(file(home, kind), how));
            }
        }
        for (int i = 1; i < KINDS.size(); i++) {
            String kind = KINDS.get(i);
            How how = How.values()[i];
            victims.put(
                    customer(here, "shared " + kind + " " + how, IsolationMode.COLLECTION),
                    (home, whose) -> damaged(file(home, kind), how));
        }
        victims.put(
                customer(here, "in-a-slab", IsolationMode.NONE),
                (home, whose) -> flipAt(home.resolve("shared/slabs"), "in-a-slab"));
        Customer listed = customer(here, "in-the-catalog", IsolationMode.NONE);
        while (isListedWith(listed, victims.keySet())) {
            sound.add(listed);
            listed = customer(here, "in-the-catalog", IsolationMode.NONE);
        }
        Customer alone = listed;
        victims.put(alone, (home, whose) -> damaged(bucketPath(home, alone), How.MIDDLE_BYTE));
        for (IsolationMode mode : IsolationMode.values()) {
            sound.add(customer(here, "sound " + mode, mode));
        }
        Path after = stored(here, before, victims.keySet());

        Map<Customer, Path> damage = new LinkedHashMap<>();
        for (Map.Entry<Customer, Damaging> victim : victims.entrySet()) {
            Customer whose = victim.getKey();
            damage.put(whose, victim.getValue().damage(whose.home(after, collection(whose)), whose));
        }
        sound.removeIf(one -> bucket(one) == bucket(alone));
        try (HubProcess hub = HubProcess.launch(settings(after)).ready()) {
            List<Executable> asked = new ArrayList<>();
            damage.forEach((whose, file) -> asked.add(() -> told(hub, whose, file)));
            assertAll(asked);
            served(hub, sound);
            int count = damage.size();
            await().atMost(WAIT).until(() -> quarantined() == count);
            String metrics = metrics(hub);
            assertTrue(metrics.contains("hub_engine_quarantined " + count + ".0"), metrics);
            // of a file of the catalog it is not known whom it lists
            assertTrue(metrics.contains("hub_engine_quarantined_tenants " + (count - 1) + ".0"), metrics);
            deletedWithItsFiles(hub, damage, after);
            served(hub, sound);
        }
    }

    /** Without the record of the last checkpoint nobody can say what is there: nothing is served rather than something old. */
    @Test
    void aHubDoesNotStartWithoutTheRootOfAll() throws Exception {
        assumeTrue(Files.exists(HubProcess.JAR), "the application is not packaged");
        Path data = HubServers.folder();
        copy(Path.of(config.getValue("storage.data_dir", String.class), "shared"), data.resolve("shared"));
        How.MIDDLE_BYTE.to(data.resolve("shared/store.manifest"));
        try (HubProcess hub = HubProcess.launch(settings(data))) {
            assertNotEquals(0, hub.exit());
            assertTrue(hub.log().contains("shared/store.manifest"), hub.log());
        }
    }

    /** Deleting is the way out: the files go at once, and what is said of them with them. */
    private void deletedWithItsFiles(HubProcess hub, Map<Customer, Path> damage, Path data) throws Exception {
        Customer shared = damage.keySet().stream()
                .filter(one -> one.mode() == IsolationMode.COLLECTION)
                .findFirst()
                .orElseThrow();
        Path home = shared.home(data, collection(shared));
        assertTrue(Files.exists(home));
        ok(send(hub.url(), shared, "DELETE", "/collections/docs", ""));
        await().atMost(WAIT).until(() -> !Files.exists(home));
        await().atMost(WAIT).until(() -> quarantined() == damage.size() - 1);
    }

    private void told(HubProcess hub, Customer whose, Path file) throws Exception {
        for (HttpResponse<String> answer : List.of(
                query(hub.url(), whose),
                send(hub.url(), whose, "PUT", "/collections/docs/points?wait=true", points(whose.name())))) {
            assertEquals(503, answer.statusCode(), () -> whose.name() + ": " + answer.body());
            String error = tree(answer).at("/status/error").asText();
            // a directory that is gone may be told instead of what was in it
            assertTrue(error.contains(file.getFileName().toString()), () -> whose.name() + ": " + error);
            assertFalse(
                    error.contains("/") || error.contains("Exception") || error.contains("\n") || error.length() > 200,
                    () -> whose.name() + ": " + error);
        }
        String log = hub.log();
        assertTrue(
                log.lines().anyMatch(line -> line.contains("quarantined") && line.contains(file.toString())),
                () -> whose.name() + ", " + file + " in\n" + log);
    }

    private void served(HubProcess hub, List<Customer> sound) throws Exception {
        assertFalse(sound.isEmpty());
        for (Customer one : sound) {
            HttpResponse<String> found = query(hub.url(), one);
            ok(found);
            assertEquals(5, tree(found).at("/result/points").size(), found::body);
            ok(send(hub.url(), one, "PUT", "/collections/docs/points?wait=true", points(one.name())));
        }
    }

    private long quarantined() {
        return nodes.list().stream()
                .mapToLong(EngineNode::quarantinedCount)
                .max()
                .orElse(0);
    }

    private String metrics(HubProcess hub) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(hub.url().resolve("/q/metrics")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Waits until everything is stored with its graphs and indexes, and gives a copy of the folder. */
    private Path stored(URI here, Path data, Set<Customer> victims) throws Exception {
        // what is in memory gets graphs and indexes once it is stored
        checkpoint(here, data, "first");
        await().atMost(WAIT).until(() -> victims.stream().allMatch(one -> isWhole(one, data)));
        settle(data);
        // files that no checkpoint has recorded would be made again
        checkpoint(here, data, "second");
        settle(data);
        Path copy = HubServers.folder();
        copy(data, copy);
        return copy.toRealPath();
    }

    /** A move is stored at once, and all that was there before with it. */
    private void checkpoint(URI here, Path data, String name) throws Exception {
        Customer moving = customer(here, "moving " + name, IsolationMode.NONE);
        placements.changeIsolation(moving.id(), IsolationMode.STORAGE, Change.by(Tenants.TEST, "test"));
        Path home = data.resolve("tenants/tenant_" + moving.id());
        await().atMost(WAIT).until(() -> has(home, "graph"));
    }

    private boolean isWhole(Customer one, Path data) {
        Path home = one.home(data, collection(one));
        return one.mode() == IsolationMode.NONE || (has(home, "graph") && has(home, "fields"));
    }

    private static boolean has(Path home, String kind) {
        return files(home).keySet().stream().anyMatch(name -> name.contains(kind + "-"));
    }

    private static void settle(Path data) {
        AtomicReference<Map<String, Long>> last = new AtomicReference<>(Map.of());
        await().atMost(WAIT).pollInterval(Duration.ofMillis(1500)).until(() -> {
            Map<String, Long> now = files(data);
            return !now.isEmpty() && now.equals(last.getAndSet(now));
        });
    }

    private Map<String, String> settings(Path data) {
        Map<String, String> settings = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith("hub.datasource.") || name.startsWith("hub.identity.") || name.startsWith("hub.key.")) {
                config.getOptionalValue(name, String.class).ifPresent(value -> settings.put(name, value));
            }
        }
        settings.put("hub.engine.node-id", config.getValue("hub.engine.node-id", String.class));
        settings.put("storage.data_dir", data.toString());
        return settings;
    }

    private String collection(Customer of) {
        return collections.list(of.id()).getFirst().id().toString();
    }

    private interface Damaging {
        /** Gives the file. */
        Path damage(Path home, Customer whose) throws IOException;
    }

    private static Path damaged(Path file, How how) throws IOException {
        how.to(file);
        return file;
    }

    private static String plan(IsolationMode mode) {
        return "damaged-" + mode.name().toLowerCase(Locale.ROOT);
    }

    private Customer customer(URI hub, String name, IsolationMode mode) throws Exception {
        TenantId id = tenants.active(name, plan(mode));
        Customer customer = new Customer(name, mode, id, tenants.key(id).secret());
        ok(send(hub, customer, "PUT", "/collections/docs", """
                {"vectors":{"size":%d,"distance":"Dot"},"hnsw_config":{"m":4,"ef_construct":8,"full_scan_threshold":10}}
                """.formatted(SIZE)));
        ok(send(
                hub,
                customer,
                "PUT",
                "/collections/docs/index?wait=true",
                "{\"field_name\":\"n\",\"field_schema\":\"integer\"}"));
        ok(send(hub, customer, "PUT", "/collections/docs/points?wait=true", points(name)));
        return customer;
    }

    private static String points(String name) {
        StringBuilder points = new StringBuilder("{\"points\":[");
        for (int i = 0; i < POINTS; i++) {
            points.append(i == 0 ? "" : ",").append("{\"id\":").append(i).append(",\"payload\":{\"n\":");
            points.append(i)
                    .append(",\"of\":\"")
                    .append(name)
                    .append("\"},\"vector\":[")
                    .append(i);
            for (int c = 1; c < SIZE; c++) {
                points.append(',').append(i * 31 * c % 101);
            }
            points.append("]}");
        }
        return points + "]}";
    }

    private HttpResponse<String> send(URI hub, Customer as, String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(hub.resolve(path))
                        .header("api-key", as.key())
                        .header("content-type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode tree(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    private static void ok(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer::body);
    }

    private HttpResponse<String> query(URI hub, Customer as) throws IOException, InterruptedException {
        return send(
                hub,
                as,
                "POST",
                "/collections/docs/points/scroll",
                "{\"limit\":5,\"filter\":{\"must\":[{\"key\":\"n\",\"range\":{\"gte\":7}}]}}");
    }

    /** Files that are no log, by their path in the folder. */
    private static Map<String, Long> files(Path data) {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !data.relativize(file).startsWith("groups"))
                    .collect(Collectors.toMap(
                            file -> data.relativize(file).toString(), DamagedFilesIT::size, (a, b) -> a, TreeMap::new));
        } catch (IOException | UncheckedIOException e) {
            return Map.of(); // one went meanwhile
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int bucket(Customer of) {
        UUID id = of.id().value();
        return Math.floorMod(Long.hashCode(id.getMostSignificantBits() ^ id.getLeastSignificantBits()), 64);
    }

    private static boolean isListedWith(Customer one, Set<Customer> others) {
        return others.stream().anyMatch(other -> bucket(other) == bucket(one));
    }

    /** The file of the catalog that lists the tenant, which is one of few. */
    private static Path bucketPath(Path data, Customer of) {
        try {
            return file(data.resolve("shared/catalog"), "catalog-" + bucket(of));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only file of the kind below a folder, whichever number it has. */
    private static Path file(Path folder, String kind) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> found = all.filter(file -> file.getFileName().toString().matches(kind + "(-[0-9]+)?"))
                    .toList();
            assertEquals(1, found.size(), () -> kind + " in " + found);
            return found.getFirst();
        }
    }

    /** From the end: a marker ends with a line end, which says nothing. */
    private static int lastThatCounts(Path file) {
        return file.endsWith("tenant.json") ? 2 : 1;
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 0x04;
        Files.write(file, bytes);
    }

    /** The place of the text in the only file of the folder that has it. */
    private static Path flipAt(Path folder, String text) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                int at = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).indexOf(text);
                if (at >= 0) {
                    flip(file, at);
                    return file;
                }
            }
        }
        throw new AssertionError(text + " is nowhere in " + folder);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path source : all.toList()) {
                Path target = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(source, target);
                }
            }
        }
    }
}
