package dev.vectorhub.api.qdrant.collection;

import static dev.vectorhub.api.qdrant.json.Bodies.error;
import static dev.vectorhub.api.qdrant.json.Bodies.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.TextFormat;
import dev.vectorhub.engine.wire.v1.CreateFieldIndex;
import dev.vectorhub.engine.wire.v1.FieldParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldParamsReaderTest {

    private static CreateFieldIndex read(String schema) {
        return FieldIndexReader.read(json("{'field_name':'a','field_schema':" + schema + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{'type':'keyword','is_tenant':true,'on_disk':false} | ",
                "{'type':'keyword','prefix':true} | prefix: true",
                "{'type':'integer','lookup':false,'range':true} | no_lookup: true",
                "{'type':'float','is_principal':true,'memory':'cold','enable_hnsw':false} | ",
                "{'type':'text'} | text { }",
                "{'type':'text','tokenizer':'prefix','min_token_len':2,'max_token_len':9,'lowercase':false} | text { tokenizer: PREFIX min_token_len: 2 max_token_len: 9 keep_case: true }",
                "{'type':'text','phrase_matching':true,'ascii_folding':true,'stemmer':{'type':'snowball','language':'german'}} | text { ascii_folding: true phrase_matching: true stemmer: \"german\" }",
                "{'type':'text','stopwords':'english','stemmer':{'type':'none'}} | text { stop_languages: \"english\" }",
                "{'type':'text','stopwords':{'languages':['dutch'],'custom':['x','y']}} | text { stop_languages: \"dutch\" stop_words: \"x\" stop_words: \"y\" }"
            })
    void readsParameters(String schema, String expected) {
        FieldParams params = read(schema).getParams();
        assertEquals(
                expected == null ? "" : expected,
                TextFormat.printer()
                        .emittingSingleLine(true)
                        .printToString(params.toBuilder().clearDeclared()));
        // what was declared comes back
        assertEquals(ConfigNode.kept(schema.replace('\'', '"')), ConfigNode.kept(params.getDeclared()));
    }

    @Test
    void aWordHasNoParameters() {
        assertEquals(FieldParams.getDefaultInstance(), read("'text'").getParams());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{'type':'integer','lookup':false,'range':false} | 422 Validation error in JSON body: [field_schema: the integer index has `lookup`, `range` or both enabled]",
                "{'type':'integer','lookup':1} | 400 Format error in JSON body: field_schema.lookup: expected true or false, got 1",
                "{'type':'text','min_token_len':5,'max_token_len':2} | 422 Validation error in JSON body: [field_schema.min_token_len: 5 is more than `max_token_len` 2]",
                "{'type':'text','min_token_len':-1} | 400 Format error in JSON body: field_schema.min_token_len: expected a whole number that is at least 0, got -1",
                "{'type':'text','stemmer':{'language':'german'}} | 400 Format error in JSON body: field_schema.stemmer: missing field `type`",
                "{'type':'text','stemmer':{'type':'snowball'}} | 400 Format error in JSON body: field_schema.stemmer: missing field `language`",
                "{'type':'text','stopwords':{'custom':[1]}} | 400 Format error in JSON body: field_schema.stopwords.custom: expected strings of at most 256 characters, got 1",
                "{'type':'text','stopwords':{'languages':'english'}} | 400 Format error in JSON body: field_schema.stopwords.languages: expected a list, got \"english\""
            })
    void namesWhatIsWrong(String schema, String expected) {
        assertEquals(expected, error(() -> read(schema)));
    }

    @Test
    void languagesWithoutAListAreRefused() {
        assertTrue(error(() -> read("{'type':'text','stopwords':'hinglish'}"))
                .startsWith("400 Format error in JSON body: field_schema.stopwords: expected a language of [arabic, "));
        assertTrue(error(() -> read("{'type':'text','tokenizer':'words'}"))
                .startsWith("400 Format error in JSON body: field_schema.tokenizer: expected one of ["));
    }
}
