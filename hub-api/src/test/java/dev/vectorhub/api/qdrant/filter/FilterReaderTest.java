package dev.vectorhub.api.qdrant.filter;

import static dev.vectorhub.api.qdrant.json.Bodies.error;
import static dev.vectorhub.api.qdrant.json.Bodies.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.TextFormat;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterReaderTest {

    private static Filter read(String text) {
        return JsonBody.read(json(text), FilterReader::read);
    }

    /** The filter in protobuf's text form, on one line. */
    private static String proto(String text) {
        return TextFormat.printer().emittingSingleLine(true).printToString(read(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{} | ",
                "{'must':null,'should':[],'min_should':null} | ",
                "{'must':{'key':'a','match':{'value':'x'}}} | must { match { key: \"a\" keyword: \"x\" } }",
                "{'must':[{'match':{'value':3},'key':'a'}]} | must { match { key: \"a\" integer: 3 } }",
                "{'should':[{'key':'a','match':{'value':true}}]} | should { match { key: \"a\" boolean: true } }",
                "{'must_not':[{'key':'a','match':{'any':['x','y']}}]} | must_not { match { key: \"a\" any { keywords: \"x\" keywords: \"y\" } } }",
                "{'must':[{'key':'a','match':{'except':[1,-2]}}]} | must { match { key: \"a\" except { integers: 1 integers: -2 } } }",
                "{'must':[{'key':'a','match':{'any':[]}}]} | must { match { key: \"a\" any { } } }",
                "{'must':[{'key':'a','range':{'gt':1,'lte':2.5,'lt':null}}]} | must { range { key: \"a\" gt: 1.0 lte: 2.5 } }",
                "{'must':[{'has_id':[7]}]} | must { has_id { ids { num: 7 } } }",
                "{'must':[{'is_empty':{'key':'a'}},{'is_null':{'key':'b'}}]} | must { is_empty: \"a\" } must { is_null: \"b\" }",
                "{'must':[{'key':'a','is_empty':true}]} | must { is_empty: \"a\" }",
                "{'must':[{'key':'a','is_null':false}]} | must { filter { must_not { is_null: \"a\" } } }",
                "{'must':[{'should':[{'has_id':[]}],'must_not':{'has_id':[1]}}]} | must { filter { should { has_id { } } must_not { has_id { ids { num: 1 } } } } }",
                "{'min_should':{'conditions':[{'has_id':[1]}],'min_count':1}} | min_should { conditions { has_id { ids { num: 1 } } } min_count: 1 }",
                "{'must':[{'key':'a','match':{'value':1},'range':{'gt':5}}]} | must { filter { should { match { key: \"a\" integer: 1 } } should { range { key: \"a\" gt: 5.0 } } } }",
                "{'must':[{'key':'a','match':{'value':'x'},'range':null,'geo_radius':null,'else':1}]} | must { match { key: \"a\" keyword: \"x\" } }"
            })
    void readsWhatTheEngineKnows(String text, String expected) {
        assertEquals(expected == null ? "" : expected, proto(text));
    }

    @Test
    void nullIsNoFilter() {
        assertNull(read("null"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{'musst':[]} | 400 Format error in JSON body: musst: unknown field `musst`, expected one of `should`, `min_should`, `must`, `must_not`",
                "[] | 400 Format error in JSON body: expected an object, got a list",
                "{'must':1} | 400 Format error in JSON body: must: expected a condition or a list of conditions, got the number 1",
                "{'must':[],'must':[]} | 400 Format error in JSON body: must: duplicate field",
                "{'must':[{'key':'a'}]} | 422 Validation error in JSON body: [must[0]: At least one field condition must be specified]",
                "{'must':[{'key':'','is_null':true}]} | 422 Validation error in JSON body: [must[0].key: a payload key is not empty]",
                "{'must':[{}]} | 400 Format error in JSON body: must[0]: the condition has none of `key`, `is_empty`, `is_null`, `has_id`, `must`, `should`, `must_not`, `min_should`",
                "{'must':[{'match':{'value':1}}]} | 400 Format error in JSON body: must[0]: missing field `key`",
                "{'must':[{'key':'a','match':{'value':1.5}}]} | 400 Format error in JSON body: must[0].match.value: expected a string, an integer or a boolean, got the number 1.5",
                "{'must':[{'key':'a','match':{'value':9223372036854775808}}]} | 400 Format error in JSON body: must[0].match.value: expected an integer of 64 bits, got the number 9223372036854775808",
                "{'must':[{'key':'a','match':{}}]} | 400 Format error in JSON body: must[0].match: a match has exactly one of `value`, `any`, `except`",
                "{'must':[{'key':'a','match':{'any':['x',1]}}]} | 400 Format error in JSON body: must[0].match.any[1]: the values are strings or integers, not both",
                "{'must':[{'key':'a','match':{'any':'x'}}]} | 400 Format error in JSON body: must[0].match.any: expected a list, got the string \"x\"",
                "{'must':[{'key':'a','range':{'gt':'x'}}]} | 400 Wrong input: must[0].range.gt: ranges of dates are not supported yet",
                "{'must':[{'key':'a','range':{'gt':true}}]} | 400 Format error in JSON body: must[0].range.gt: expected a number, got true",
                "{'must':[{'key':'a','match':{'text':'x'}}]} | 400 Wrong input: must[0].match.text: the condition `match.text` is not supported yet",
                "{'must':[{'key':'a','geo_radius':{}}]} | 400 Wrong input: must[0].geo_radius: the condition `geo_radius` is not supported yet",
                "{'must':[{'key':'a','values_count':{}}]} | 400 Wrong input: must[0].values_count: the condition `values_count` is not supported yet",
                "{'must':[{'nested':{}}]} | 400 Wrong input: must[0].nested: the condition `nested` is not supported yet",
                "{'must':[{'has_vector':'x'}]} | 400 Wrong input: must[0].has_vector: the condition `has_vector` is not supported yet",
                "{'must':[{'has_id':[1],'key':'a','is_null':true}]} | 400 Format error in JSON body: must[0]: a condition is on a key, on ids or a filter, not several of them",
                "{'must':[{'has_id':[1],'is_null':{'key':'a'}}]} | 400 Format error in JSON body: must[0].is_null: a condition has one of `is_empty`, `is_null`, `has_id`",
                "{'must':[{'is_null':{}}]} | 400 Format error in JSON body: must[0].is_null: missing field `key`",
                "{'min_should':{'conditions':[]}} | 400 Format error in JSON body: min_should: missing field `min_count`",
                "{'min_should':{'conditions':{},'min_count':1}} | 400 Format error in JSON body: min_should.conditions: expected a list of conditions, got an object"
            })
    void namesWhatIsWrong(String text, String expected) {
        assertEquals(expected, error(() -> read(text)));
    }

    @Test
    void bounded() {
        String deep = "{'must':".repeat(FilterReader.NESTING_MAX + 1) + "{}" + "}".repeat(FilterReader.NESTING_MAX + 1);
        assertTrue(error(() -> read(deep)).contains("filters nest at most 24 deep"));
        String condition = "{'has_id':[1]}";
        String most = (condition + ",").repeat(FilterReader.CONDITIONS_MAX - 1) + condition;
        assertEquals(
                FilterReader.CONDITIONS_MAX, read("{'must':[" + most + "]}").getMustCount());
        assertTrue(error(() -> read("{'must':[" + most + "],'should':" + condition + "}"))
                .equals("422 Validation error in JSON body: [should: a filter has at most 4096 conditions]"));
    }
}
