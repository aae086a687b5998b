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
                "{'must':[{'key':'a','match':{'text':'x y'}}]} | must { match { key: \"a\" text: \"x y\" } }",
                "{'must':[{'key':'a','match':{'text_any':'x'}}]} | must { match { key: \"a\" text_any: \"x\" } }",
                "{'must':[{'key':'a','match':{'phrase':'x'}}]} | must { match { key: \"a\" phrase: \"x\" } }",
                "{'must':[{'key':'a','match':{'prefix':'x'}}]} | must { match { key: \"a\" prefix: \"x\" } }",
                "{'must':[{'key':'a','range':{'gte':'1970-01-01T00:00:01Z','lt':null}}]} | must { datetime_range { key: \"a\" gte: 1000000 } }",
                "{'must':[{'key':'a','range':{'lt':'1970-01-01 00:00:00.0000019+00:30'}}]} | must { datetime_range { key: \"a\" lt: -1799999999 } }",
                "{'must':[{'key':'a','values_count':{'gt':1,'lte':3,'lt':null}}]} | must { values_count { key: \"a\" gt: 1 lte: 3 } }",
                "{'must':[{'key':'a','values_count':{'gt':1},'match':{'value':1}}]} | must { values_count { key: \"a\" gt: 1 } }",
                "{'must':[{'key':'a','geo_radius':{'center':{'lat':1,'lon':2.5},'radius':3}}]} | must { geo_radius { key: \"a\" center { lat: 1.0 lon: 2.5 } meters: 3.0 } }",
                "{'must':[{'key':'a','geo_bounding_box':{'top_left':{'lat':4,'lon':1},'bottom_right':{'lat':2,'lon':3}}}]} | must { geo_bounding_box { key: \"a\" top_left { lat: 4.0 lon: 1.0 } bottom_right { lat: 2.0 lon: 3.0 } } }",
                "{'must':[{'key':'a','geo_polygon':{'exterior':{'points':[{'lat':0,'lon':0},{'lat':0,'lon':1},{'lat':1,'lon':1},{'lat':0,'lon':0}]},'interiors':null}}]} | must { geo_polygon { key: \"a\" exterior { points { } points { lon: 1.0 } points { lat: 1.0 lon: 1.0 } points { } } } }",
                "{'must':[{'has_vector':''},{'has_vector':'image'}]} | must { has_vector: \"\" } must { has_vector: \"image\" }",
                "{'must':[{'slice':{'total':4294967295,'index':3}}]} | must { slice { total: 4294967295 index: 3 } }",
                "{'must':[{'nested':{'key':'a[]','filter':{'must_not':{'is_null':{'key':'b'}}}}}]} | must { nested { key: \"a[]\" filter { must_not { is_null: \"b\" } } } }",
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
                "{'must':[{'musst':[]}]} | 400 Format error in JSON body: must[0]: unknown field `musst`, expected one of `key`, `is_empty`, `is_null`, `has_id`, `has_vector`, `slice`, `nested`, `must`, `should`, `must_not`, `min_should`",
                "{'must':[{'match':{'value':1}}]} | 400 Format error in JSON body: must[0]: missing field `key`",
                "{'must':[{'key':'a','match':{'value':1.5}}]} | 400 Format error in JSON body: must[0].match.value: expected a string, an integer or a boolean, got the number 1.5",
                "{'must':[{'key':'a','match':{'value':9223372036854775808}}]} | 400 Format error in JSON body: must[0].match.value: expected an integer of 64 bits, got the number 9223372036854775808",
                "{'must':[{'key':'a','match':{}}]} | 400 Format error in JSON body: must[0].match: a match has exactly one of `value`, `any`, `except`, `text`, `text_any`, `phrase`, `prefix`",
                "{'must':[{'key':'a','match':{'any':['x',1]}}]} | 400 Format error in JSON body: must[0].match.any[1]: the values are strings or integers, not both",
                "{'must':[{'key':'a','match':{'any':'x'}}]} | 400 Format error in JSON body: must[0].match.any: expected a list, got the string \"x\"",
                "{'must':[{'key':'a','range':{'gt':true}}]} | 400 Format error in JSON body: must[0].range.gt: expected a number, got true",
                "{'must':[{'key':'a','range':{'gt':'x'}}]} | 400 Format error in JSON body: must[0].range.gt: 'x' is not in a supported date/time format, please use RFC 3339",
                "{'must':[{'key':'a','range':{'gt':'2024-01-01','lt':5}}]} | 400 Format error in JSON body: must[0].range.lt: the bounds of a range are numbers or dates, not both",
                "{'must':[{'key':'a','match':{'text':1}}]} | 400 Format error in JSON body: must[0].match.text: expected a string, got the number 1",
                "{'must':[{'key':'a','geo_radius':{}}]} | 400 Format error in JSON body: must[0].geo_radius: missing field `center`",
                "{'must':[{'key':'a','geo_radius':{'center':{'lat':91,'lon':0},'radius':1}}]} | 422 Validation error in JSON body: [must[0].geo_radius.center.lat: value 91.0 invalid, must be from -90 to 90]",
                "{'must':[{'key':'a','geo_polygon':{'exterior':{'points':[{'lat':0,'lon':0}]}}}]} | 422 Validation error in JSON body: [must[0].geo_polygon.exterior: polygon invalid, the size must be at least 4, got 1]",
                "{'must':[{'key':'a','geo_polygon':{'exterior':{'points':[{'lat':0,'lon':0},{'lat':0,'lon':1},{'lat':1,'lon':1},{'lat':1,'lon':0}]}}}]} | 422 Validation error in JSON body: [must[0].geo_polygon.exterior: polygon invalid, the first and the last points should be the same to form a closed line]",
                "{'must':[{'key':'a','values_count':{'gt':-1}}]} | 400 Format error in JSON body: must[0].values_count.gt: expected a whole number that is at least 0, got the number -1",
                "{'must':[{'nested':{}}]} | 400 Format error in JSON body: must[0].nested: missing field `key`",
                "{'must':[{'nested':{'key':'a','filter':{'x':1}}}]} | 400 Format error in JSON body: must[0].nested.filter.x: unknown field `x`, expected one of `should`, `min_should`, `must`, `must_not`",
                "{'must':[{'has_vector':1}]} | 400 Format error in JSON body: must[0].has_vector: expected a string, got the number 1",
                "{'must':[{'slice':{'total':2,'index':2}}]} | 422 Validation error in JSON body: [must[0].slice: `index` 2 is not below `total` 2]",
                "{'must':[{'slice':{'total':0,'index':0}}]} | 422 Validation error in JSON body: [must[0].slice.total: value 0 invalid, must be from 1 to 4294967295]",
                "{'must':[{'has_id':[1],'key':'a','is_null':true}]} | 400 Format error in JSON body: must[0]: a condition is on a key, on ids or a filter, not several of them",
                "{'must':[{'has_id':[1],'is_null':{'key':'a'}}]} | 400 Format error in JSON body: must[0].is_null: a condition has one of `is_empty`, `is_null`, `has_id`, `has_vector`, `slice`, `nested`",
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
