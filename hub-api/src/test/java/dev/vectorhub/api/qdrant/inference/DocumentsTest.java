package dev.vectorhub.api.qdrant.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.inference.Documents.Use;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.NamedVector;
import dev.vectorhub.inference.TextEmbedder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {

    private final Documents stored = new Documents(Use.STORED, 2);
    private final Documents sought = new Documents(Use.SOUGHT, 2);

    private static NamedVector read(Documents documents, String json) {
        return JsonBody.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), documents::read);
    }

    private static float first(NamedVector vector) {
        return vector.getF32()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .getFloat();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sentence-transformers/all-MiniLM-L6-v2",
                "sentence-transformers/all-minilm-l6-v2",
                "all-MiniLM-L6-v2",
                "Qdrant/all-MiniLM-L6-v2-onnx"
            })
    void theModelHasTheNamesThatClientsGiveIt(String model) {
        NamedVector vector = read(stored, "{'text':'x','model':'" + model + "'}");
        assertEquals(TextEmbedder.SIZE * Float.BYTES, vector.getF32().size());
    }

    @Test
    void theSecondReadingSeesEachTextsVector() {
        String one = "{'text':'one','model':'all-MiniLM-L6-v2','options':{'lazy_load':true}}";
        String two = "{'model':'all-MiniLM-L6-v2','text':'two'}";
        for (String json : List.of(one, two, one)) {
            assertEquals(0, first(read(stored, json)));
        }
        assertEquals(List.of("one", "two"), stored.texts());
        float[][] vectors = new float[2][TextEmbedder.SIZE];
        vectors[0][0] = 1;
        vectors[1][0] = 2;
        stored.embedded(vectors);
        assertEquals(2, first(read(stored, two)));
        assertEquals(1, first(read(stored, one)));
    }

    @Test
    void wordsAreWeighedWhereTheyAreStoredAndCountedWhereTheyAreSought() {
        String json = "{'text':'dog dog cat','model':'Qdrant/bm25'}";
        assertTrue(read(stored, json).hasSparse());
        assertFalse(read(stored, json).equals(read(sought, json)));
        assertEquals(
                read(stored, json).getSparse().getIndices(),
                read(sought, json).getSparse().getIndices());
        assertEquals(List.of(), stored.texts());
    }

    @Test
    void optionsOfWordsCount() {
        String plain = "{'text':'die Hunde','model':'bm25'}";
        String german = "{'text':'die Hunde','model':'bm25','options':{'language':'german'}}";
        String none = "{'text':'die Hunde','model':'bm25','options':{'stopwords':{},'stemmer':{'type':'none'}}}";
        assertEquals(8, read(sought, plain).getSparse().getIndices().size());
        assertEquals(4, read(sought, german).getSparse().getIndices().size());
        assertEquals(8, read(sought, none).getSparse().getIndices().size());
        assertFalse(read(sought, plain).equals(read(sought, none)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'text':'x','model':'clip'} | model: unknown model \"clip\"; the models are sentence-transformers/all-MiniLM-L6-v2 and Qdrant/bm25",
                "{'image':'x','model':'clip'} | only texts can be embedded",
                "{'object':{},'model':'clip'} | only texts can be embedded",
                "{'text':'x'} | missing field `model`",
                "{'model':'bm25'} | missing field `text`",
                "{'text':5,'model':'bm25'} | text: expected a string",
                "{'text':'x','model':'bm25','options':7} | options: expected an object",
                "{'text':'x','model':'bm25','options':{'b':1.5}} | options.b: value 1.5 invalid",
                "{'text':'x','model':'bm25','options':{'avg_len':0}} | options.avg_len: value 0 invalid",
                "{'text':'x','model':'bm25','options':{'language':'klingon'}} | options.language: expected `none` or a language",
                "{'text':'x','model':'bm25','options':{'stemmer':{'type':'snowball','language':'basque'}}} | options.stemmer.language",
            })
    void whatIsWrongIsNamed(String json, String expected) {
        TenantApiException error = assertThrows(TenantApiException.class, () -> read(stored, json));
        assertTrue(String.valueOf(error.getMessage()).contains(expected), error.getMessage());
        assertTrue(error.status() == 400 || error.status() == 422);
    }

    @Test
    void moreTextsThanAllowedAreRefused() {
        read(stored, "{'text':'1','model':'all-minilm-l6-v2'}");
        read(stored, "{'text':'2','model':'all-minilm-l6-v2'}");
        TenantApiException error =
                assertThrows(TenantApiException.class, () -> read(stored, "{'text':'3','model':'all-minilm-l6-v2'}"));
        assertEquals(422, error.status());
        assertTrue(String.valueOf(error.getMessage()).contains("at most 2 texts"));
    }
}
