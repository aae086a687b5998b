package dev.vectorhub.api.qdrant.point;

import static dev.vectorhub.api.qdrant.json.Bodies.error;
import static dev.vectorhub.api.qdrant.json.Bodies.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vectorhub.api.qdrant.json.BodyLimits;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.PointId;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointIdJsonTest {

    private static PointId read(String text) {
        return JsonBody.read(json(text), PointIdJson::read);
    }

    private static String written(PointId id) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = BodyLimits.FACTORY.createGenerator(out)) {
            PointIdJson.write(generator, id);
        }
        return out.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "9223372036854775807", "9223372036854775808", "18446744073709551615"})
    void numbersAreUnsigned(String number) throws IOException {
        assertEquals(number, written(read(number)));
        assertEquals(read(number), PointIdJson.ofPath(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "936da01f-9abd-4d9d-80c7-02af85c822a8",
                "936DA01F-9ABD-4D9D-80C7-02AF85C822A8",
                "936da01f9abd4d9d80c702af85c822a8",
                "{936da01f-9abd-4d9d-80c7-02af85c822a8}",
                "urn:uuid:936da01f-9abd-4d9d-80c7-02af85c822a8",
                "URN:UUID:936DA01F-9ABD-4D9D-80C7-02AF85C822A8"
            })
    void uuidsHaveSeveralSpellings(String uuid) throws IOException {
        assertEquals("\"936da01f-9abd-4d9d-80c7-02af85c822a8\"", written(read("'" + uuid + "'")));
        assertEquals("936da01f-9abd-4d9d-80c7-02af85c822a8", PointIdJson.text(PointIdJson.ofPath(uuid)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "1.5",
                "1e3",
                "18446744073709551616",
                "'1'",
                "''",
                "'936da01f-9abd-4d9d-80c7-02af85c822a'",
                "'936da01f-9abd-4d9d-80c7-02af85c822ag'",
                "'936da01f-9abd-4d9d-80c7+02af85c822a8'",
                "'{936da01f9abd4d9d80c702af85c822a8}'",
                "'urn:uuid:936da01f9abd4d9d80c702af85c822a8'",
                "'936da01f9abd4d9d80c702af85c822٣8'"
            })
    void refusesTheRest(String text) {
        assertTrue(error(() -> read(text))
                .endsWith(" is not a valid point ID, valid values are either an unsigned integer or a UUID"));
    }

    @Test
    void refusesOtherKinds() {
        assertEquals("400 Format error in JSON body: expected a point id, got true", error(() -> read("true")));
        assertEquals("400 Wrong input: Can not recognize \"x\" as point id", error(() -> PointIdJson.ofPath("x")));
    }
}
