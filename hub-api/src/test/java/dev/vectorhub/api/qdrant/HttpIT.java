package dev.vectorhub.api.qdrant;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.api.HubServers;
import dev.vectorhub.api.Tenants;
import dev.vectorhub.plan.Limits;
import io.netty.channel.epoll.Epoll;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What HTTP adds to the operations: compression both ways, HTTP/2 without TLS; and writes that nobody waits for. */
@QuarkusTest
@QuarkusTestResource(HubServers.class)
class HttpIT {

    private static final String PLAN = "http-it";

    @Inject
    Tenants tenants;

    @Inject
    Vertx hubs;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private String key;
    private Api api;

    @BeforeEach
    void tenant() {
        key = tenants.key(tenants.limited(PLAN, new Limits(20, 1_000, 1L << 40, 10_000_000)))
                .secret();
        api = new Api(root(), key);
        api.collection("docs", "{'size':2,'distance':'Dot'}");
    }

    private static URI root() {
        return URI.create("http://127.0.0.1:" + RestAssured.port + "/");
    }

    private static String points(int from, int to) {
        return "{\"points\":["
                + IntStream.range(from, to)
                        .mapToObj(i -> "{\"id\":" + i + ",\"vector\":[" + i + ",1],\"payload\":{\"n\":" + i + "}}")
                        .collect(Collectors.joining(","))
                + "]}";
    }

    private static byte[] zipped(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private int count() {
        return api.call("POST", "/collections/docs/points/count", "{}")
                .ok()
                .get("count")
                .asInt();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root().resolve(path))
                .header("api-key", key)
                .header("content-type", "application/json");
    }

    @Test
    void bodiesAndAnswersAreCompressedWhereTheClientSaysSo() throws Exception {
        byte[] body = zipped(points(0, 100).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> put = http.send(
                request("/collections/docs/points?wait=true")
                        .header("content-encoding", "gzip")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, put.statusCode(), put.body());
        HttpResponse<byte[]> page = http.send(
                request("/collections/docs/points/scroll")
                        .header("accept-encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"limit\":100}"))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertEquals("gzip", page.headers().firstValue("content-encoding").orElse(""));
        String text;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(page.body()))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertEquals(100, Api.tree(text).at("/result/points").size());
        assertTrue(page.body().length * 3 < text.length(), page.body().length + " of " + text.length());
        HttpResponse<String> small = http.send(
                request("/collections/docs/points/scroll")
                        .header("accept-encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"limit\":1}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertFalse(small.headers().firstValue("content-encoding").isPresent(), small.headers()::toString);
        assertEquals(1, Api.tree(small.body()).at("/result/points").size());
        HttpResponse<String> plain = http.send(
                request("/collections/docs/points/scroll")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"limit\":100}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertFalse(plain.headers().firstValue("content-encoding").isPresent());
        assertEquals(100, Api.tree(plain.body()).at("/result/points").size());
    }

    @Test
    void aBodyIsBoundedAsItIsOnceDecompressed() throws Exception {
        byte[] bomb = zipped(new byte[64 << 20]);
        assertTrue(bomb.length < 1 << 20);
        int status;
        try {
            status = http.send(
                            request("/collections/docs/points?wait=true")
                                    .header("content-encoding", "gzip")
                                    .PUT(HttpRequest.BodyPublishers.ofByteArray(bomb))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException closed) {
            // The server closes what goes on too long; the answer may be lost with it.
            status = 413;
        }
        assertEquals(413, status);
        assertEquals(0, count());
    }

    @Test
    void theHubsOwnBoundIsTheOnlyOne() throws Exception {
        byte[] body = (points(0, 10) + " ".repeat(12 << 20)).getBytes(StandardCharsets.US_ASCII);
        HttpRequest.BodyPublisher whole = HttpRequest.BodyPublishers.ofByteArray(body);
        for (HttpRequest.BodyPublisher publisher : List.of(whole, HttpRequest.BodyPublishers.fromPublisher(whole))) {
            HttpResponse<String> put = http.send(
                    request("/collections/docs/points?wait=true").PUT(publisher).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(200, put.statusCode(), put.body());
        }
        // A snapshot has a bound of its own.
        String multipart = "--x\r\ncontent-disposition: form-data; name=\"snapshot\"; filename=\"s\"\r\n\r\n"
                + "y".repeat(12 << 20) + "\r\n--x--\r\n";
        HttpResponse<String> sent = http.send(
                request("/collections/docs/snapshots/upload")
                        .setHeader("content-type", "multipart/form-data; boundary=x")
                        .POST(HttpRequest.BodyPublishers.ofString(multipart))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(400, sent.statusCode(), sent.body());
    }

    @Test
    void aBodyThatDoesNotSayHowLongItIsIsBounded() throws Exception {
        String head = "PUT /collections/docs/points HTTP/1.1\r\nhost: localhost\r\napi-key: " + key
                + "\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
        byte[] chunk = ("100000\r\n" + " ".repeat(1 << 20) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            for (int mebibyte = 0; mebibyte < 32; mebibyte++) {
                out.write(chunk);
            }
            out.write("1\r\n{\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String answer = answered(socket);
            assertEquals("HTTP/1.1 413", answer.substring(0, 12));
            assertTrue(answer.contains("The request body is larger than the hub accepts"), answer);
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    void aBodyThatCannotBeDecompressedIsAnswered() throws Exception {
        byte[] whole = zipped(points(0, 100).getBytes(StandardCharsets.UTF_8));
        byte[] spoilt = whole.clone();
        spoilt[whole.length / 2] ^= 0x55;
        for (byte[] body : new byte[][] {
            "no gzip at all".getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOf(whole, whole.length / 2),
            Arrays.copyOf(whole, 3),
            spoilt,
            {}
        }) {
            HttpResponse<String> refused = http.send(compressed("gzip", body), HttpResponse.BodyHandlers.ofString());
            assertEquals(400, refused.statusCode(), refused.body());
            assertTrue(
                    Api.tree(refused.body()).at("/status/error").asText().contains("content-encoding"), refused::body);
        }
        HttpResponse<String> unknown = http.send(compressed("br", whole), HttpResponse.BodyHandlers.ofString());
        assertEquals(415, unknown.statusCode(), unknown.body());
        assertEquals(0, count());
    }

    @Test
    void bodiesComeAsDeflateAsWellAndInSeveralMembers() throws Exception {
        byte[] points = points(0, 100).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream zlib = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(zlib)) {
            out.write(points);
        }
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.writeBytes(zipped(Arrays.copyOf(points, 1_000)));
        members.writeBytes(zipped(Arrays.copyOfRange(points, 1_000, points.length)));
        for (HttpRequest request : List.of(
                compressed("deflate", zlib.toByteArray()),
                compressed("x-gzip", members.toByteArray()),
                compressed("identity", points))) {
            HttpResponse<String> put = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(200, put.statusCode(), put.body());
        }
        assertEquals(100, count());
    }

    private HttpRequest compressed(String encoding, byte[] body) {
        return request("/collections/docs/points?wait=true")
                .header("content-encoding", encoding)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    @Test
    void aBodyMayComeInPiecesAndNeedNotComeAtAll() throws Exception {
        byte[] body = points(0, 100).getBytes(StandardCharsets.US_ASCII);
        String head = "PUT /collections/docs/points?wait=true HTTP/1.1\r\nhost: localhost\r\napi-key: " + key
                + "\r\ncontent-type: application/json\r\ncontent-length: " + body.length + "\r\n\r\n";
        try (Socket left = new Socket("127.0.0.1", RestAssured.port)) {
            left.getOutputStream().write((head + "{\"points\":").getBytes(StandardCharsets.US_ASCII));
            left.getOutputStream().flush();
        }
        try (Socket slow = new Socket("127.0.0.1", RestAssured.port)) {
            slow.setTcpNoDelay(true);
            for (int request = 0; request < 2; request++) {
                slow.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                for (int at = 0; at < body.length; at += 1_000) {
                    slow.getOutputStream().write(body, at, Math.min(1_000, body.length - at));
                    slow.getOutputStream().flush();
                    Thread.onSpinWait();
                }
                assertEquals("HTTP/1.1 200", answered(slow).substring(0, 12));
            }
        }
        assertEquals(100, count());
    }

    /** One answer with its headers. */
    private static String answered(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        String rest = head.substring(head.toString().toLowerCase(Locale.ROOT).indexOf("content-length: ") + 16);
        int length = Integer.parseInt(rest.substring(0, rest.indexOf('\r')));
        return head + new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    @Test
    void bodiesOfAnyLengthMeanTheSameWhoeverReadsThem() throws Exception {
        for (int bytes : new int[] {(1 << 16) - 1, 1 << 16, (1 << 16) + 1, 1 << 18}) {
            String points = points(0, 10);
            byte[] body = (points + " ".repeat(bytes - points.length())).getBytes(StandardCharsets.US_ASCII);
            HttpRequest.BodyPublisher whole = HttpRequest.BodyPublishers.ofByteArray(body);
            // Without a length it goes in chunks.
            HttpRequest.BodyPublisher chunks = HttpRequest.BodyPublishers.fromPublisher(whole);
            for (HttpRequest.BodyPublisher publisher : List.of(whole, chunks)) {
                HttpResponse<String> put = http.send(
                        request("/collections/docs/points?wait=true")
                                .PUT(publisher)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertEquals(200, put.statusCode(), put.body());
            }
        }
        HttpResponse<String> multiplexed = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .build()
                .send(
                        request("/collections/docs/points?wait=true")
                                .PUT(HttpRequest.BodyPublishers.ofString(points(0, 10)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(200, multiplexed.statusCode(), multiplexed.body());
        HttpResponse<String> nobody = http.send(
                HttpRequest.newBuilder(root().resolve("/collections/docs/points"))
                        .header("content-type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(points(10, 20)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(401, nobody.statusCode(), nobody.body());
        assertEquals(10, count());
    }

    @Test
    void socketsAreTheSystemsOwnWhereTheyAreToBeHad() {
        assertEquals(Epoll.isAvailable(), hubs.isNativeTransportEnabled());
    }

    @Test
    void http2IsSpokenWithoutTls() throws Exception {
        HttpResponse<String> upgraded = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .build()
                .send(request("/collections").GET().build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, upgraded.statusCode());
        assertEquals(HttpClient.Version.HTTP_2, upgraded.version());
        Vertx vertx = Vertx.vertx();
        try {
            var client = vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
            var answer = client.request(
                            HttpMethod.PUT, RestAssured.port, "127.0.0.1", "/collections/docs/points?wait=true")
                    .compose(call -> call.putHeader("api-key", key)
                            .putHeader("content-type", "application/json")
                            .send(Buffer.buffer(points(0, 50))))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            assertEquals(200, answer.statusCode());
            assertEquals(HttpVersion.HTTP_2, answer.version());
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        assertEquals(50, count());
    }

    @Test
    void aWriteThatIsRefusedUnseenIsAWarningOfTheCollection() {
        assertTrue(api.call("GET", "/collections/docs").ok().path("warnings").isMissingNode());
        // More points than the plan allows in a collection.
        Api.Answer acknowledged = api.send("PUT", "/collections/docs/points", points(0, 1_100));
        for (int more = 0; acknowledged.status() == 403 && more < 50; more++) {
            // The engine was so quick that the answer is its refusal.
            acknowledged = api.send("PUT", "/collections/docs/points", points(0, 1_100));
        }
        assertEquals("acknowledged", acknowledged.ok().get("status").asText());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> api.call("GET", "/collections/docs")
                        .ok()
                        .at("/warnings/0/message")
                        .asText()
                        .contains("max_vectors_per_collection"));
    }

    @Test
    void largePagesAreStreamed() throws Exception {
        api.send("PUT", "/collections/docs/points?wait=true", points(0, 900)).ok();
        for (HttpClient.Version version : HttpClient.Version.values()) {
            HttpResponse<String> page = HttpClient.newBuilder()
                    .version(version)
                    .build()
                    .send(
                            request("/collections/docs/points/scroll")
                                    .POST(HttpRequest.BodyPublishers.ofString(
                                            "{\"limit\":700,\"offset\":100,\"with_vector\":true}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertEquals(200, page.statusCode());
            assertFalse(page.headers().firstValue("content-length").isPresent());
            JsonNode body = Api.tree(page.body());
            assertEquals(700, body.at("/result/points").size());
            for (int i = 0; i < 700; i++) {
                assertEquals(100 + i, body.at("/result/points/" + i + "/id").asInt());
                assertEquals(
                        100 + i, body.at("/result/points/" + i + "/payload/n").asInt());
            }
            assertEquals(800, body.at("/result/next_page_offset").asInt());
            assertEquals("ok", body.path("status").asText());
            assertEquals(700 * 8, body.at("/usage/hardware/vector_io_read").asInt(), page.body());
        }
        JsonNode rest = api.call("POST", "/collections/docs/points/scroll", "{'limit':1000,'offset':800}")
                .ok();
        assertEquals(100, rest.get("points").size());
        assertTrue(rest.get("next_page_offset").isNull());
        assertEquals(
                "422",
                ""
                        + api.call("POST", "/collections/docs/points/scroll", "{'limit':0}")
                                .status());
    }

    @Test
    void orderedQueriesTellWhatOrdersThem() {
        api.send("PUT", "/collections/docs/points?wait=true", points(0, 5)).ok();
        api.call("PUT", "/collections/docs/index?wait=true", "{'field_name':'n','field_schema':'integer'}")
                .ok();
        var found = api.call("POST", "/collections/docs/points/query", """
                {'query':{'order_by':{'key':'n','direction':'desc'}},'limit':2}""").ok().get("points");
        assertEquals(4, found.at("/0/order_value").asInt(), found::toString);
        assertEquals(3, found.at("/1/order_value").asInt());
    }
}
