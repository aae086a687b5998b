package dev.vectorhub.api;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vectorhub.servers.TestServers;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A hub whose data lies on a volume that fills up: writes are answered 507, the rest goes on, and room mends it. */
@QuarkusTest
@TestProfile(FullDiskIT.OnAVolume.class)
@QuarkusTestResource(value = FullDiskIT.Volume.class, restrictToAnnotatedClass = true)
class FullDiskIT {

    /** Another application start: this one has a volume of its own. */
    public static class OnAVolume implements QuarkusTestProfile {}

    /** A small volume, which only root can mount; without it the folder is a usual one. */
    public static class Volume extends HubServers {
        /** Room enough for a tenant to be placed, and less than the engine keeps in reserve. */
        static final String ROOM = "3g";

        static final String FULL = "100m";

        private final Path volume = folder();
        private boolean mounted;

        @Override
        public Map<String, String> start() {
            mounted = runs("mount", "-t", "tmpfs", "-o", "size=" + ROOM, "vectorhub-test", volume.toString());
            return settings(TestServers.postgres(), volume.resolve("data"));
        }

        @Override
        public void stop() {
            if (mounted) {
                runs("umount", "-l", volume.toString());
            }
        }

        static void resize(Path volume, String size) {
            assertTrue(runs("mount", "-o", "remount,size=" + size, volume.toString()));
        }

        private static boolean runs(String... command) {
            try {
                Process process =
                        new ProcessBuilder(command).redirectErrorStream(true).start();
                return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    @Inject
    Tenants tenants;

    @Inject
    MeterRegistry registry;

    @ConfigProperty(name = "storage.data_dir")
    String data;

    private String key = "";

    @SuppressWarnings("NullAway.Init") // by the container
    FullDiskIT() {}

    @Test
    void writesAreRefusedReadsGoOnAndRoomMendsIt() throws IOException {
        Path folder = Path.of(data);
        assumeTrue(Files.getFileStore(folder).name().equals("vectorhub-test"), "a volume can be mounted");
        key = tenants.key(tenants.active("Full", "default")).secret();
        call("{\"vectors\":{\"size\":4,\"distance\":\"Dot\"}}")
                .put("/collections/docs")
                .then()
                .statusCode(200);
        upsert(1).then().statusCode(200);

        Volume.resize(folder.resolve("..").normalize(), Volume.FULL);
        await().atMost(Duration.ofSeconds(30)).until(() -> upsert(2).statusCode() == 507);
        upsert(3).then().statusCode(507).body("status.error", notNullValue());
        assertTrue(registry.counter("hub.writes.refused", "status", "507").count() >= 2);
        double free = registry.get("hub.engine.disk.free").gauge().value();
        assertTrue(free >= 0 && free < 100 << 20, () -> free + " bytes are free");
        call("{\"vector\":[1,0,0,0],\"limit\":3}")
                .post("/collections/docs/points/search")
                .then()
                .statusCode(200)
                .body("result[0].id", equalTo(1));
        call("{\"points\":[2]}")
                .post("/collections/docs/points/delete?wait=true")
                .then()
                .statusCode(200);

        Volume.resize(folder.resolve("..").normalize(), Volume.ROOM);
        await().atMost(Duration.ofSeconds(30)).until(() -> upsert(4).statusCode() == 200);
        call("{\"exact\":true}")
                .post("/collections/docs/points/count")
                .then()
                .statusCode(200)
                .body("result.count", equalTo(2));
    }

    private Response upsert(int id) {
        return call("{\"points\":[{\"id\":" + id + ",\"vector\":[" + (10 - id) + ",1,0,0]}]}")
                .put("/collections/docs/points?wait=true");
    }

    private RequestSpecification call(String body) {
        return given().header("api-key", key).contentType("application/json").body(body);
    }
}
