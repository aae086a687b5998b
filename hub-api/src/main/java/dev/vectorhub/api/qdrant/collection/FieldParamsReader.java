package dev.vectorhub.api.qdrant.collection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.engine.wire.v1.FieldParams;
import dev.vectorhub.engine.wire.v1.FieldType;
import dev.vectorhub.engine.wire.v1.TextParams;
import dev.vectorhub.engine.wire.v1.Tokenizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parameters of a payload index. Those that say where an index lies or how the graph uses it ({@code on_disk}, {@code memory},
 * {@code is_tenant}, {@code is_principal}, {@code enable_hnsw}) are checked, kept and returned: here every index lies in mapped
 * files and every filter may use it.
 */
final class FieldParamsReader {

    private static final Set<String> PLACES = Set.of("cold", "cached", "pinned");
    private static final Set<String> TOKENIZERS = Set.of("prefix", "whitespace", "word", "multilingual");
    private static final Set<String> STEMMER_TYPES = Set.of("snowball", "none");

    /** Languages of Qdrant's of which Lucene has a list of stop words. */
    static final Set<String> STOP_LANGUAGES = new TreeSet<>(List.of(
            "arabic",
            "basque",
            "bengali",
            "catalan",
            "danish",
            "dutch",
            "english",
            "finnish",
            "french",
            "german",
            "greek",
            "hungarian",
            "indonesian",
            "italian",
            "nepali",
            "norwegian",
            "portuguese",
            "romanian",
            "russian",
            "spanish",
            "swedish",
            "turkish"));

    static final Set<String> STEM_LANGUAGES = new TreeSet<>(List.of(
            "arabic",
            "armenian",
            "danish",
            "dutch",
            "english",
            "finnish",
            "french",
            "german",
            "greek",
            "hungarian",
            "italian",
            "norwegian",
            "portuguese",
            "romanian",
            "russian",
            "spanish",
            "swedish",
            "tamil",
            "turkish"));

    private static final int TOKEN_CHARS_MAX = 10_000;
    private static final int STOP_WORDS_MAX = 10_000;
    private static final int STOP_WORD_CHARS_MAX = 256;

    private final ConfigNode given;
    private final FieldParams.Builder params = FieldParams.newBuilder();
    private final ObjectNode declared = JsonNodeFactory.instance.objectNode();

    private FieldParamsReader(ConfigNode given) {
        this.given = given;
    }

    /** @throws TenantApiException 400 or 422 */
    static FieldParams read(ConfigNode given, FieldType type) {
        return new FieldParamsReader(given).read(type);
    }

    /** How a text is taken apart, without an index. */
    static TextParams text(ConfigNode given) {
        return new FieldParamsReader(given).text();
    }

    private FieldParams read(FieldType type) {
        given.copy(declared, "type");
        flag("on_disk", false);
        given.word("memory", PLACES);
        flag("enable_hnsw", true);
        given.copy(declared, "memory");
        switch (type) {
            case KEYWORD -> {
                flag("is_tenant", false);
                params.setPrefix(flag("prefix", false));
            }
            case UUID -> flag("is_tenant", false);
            case INTEGER -> {
                flag("is_principal", false);
                boolean lookup = flag("lookup", true);
                boolean range = flag("range", true);
                if (!lookup && !range) {
                    throw BodyErrors.invalid(given.path(), "the integer index has `lookup`, `range` or both enabled");
                }
                params.setNoLookup(!lookup).setNoRange(!range);
            }
            case FLOAT, DATETIME -> flag("is_principal", false);
            case TEXT -> params.setText(text());
            case GEO, BOOL, UNRECOGNIZED -> {}
        }
        return params.setDeclared(declared.toString()).build();
    }

    private boolean flag(String field, boolean otherwise) {
        given.bool(field);
        JsonNode value = given.given(field);
        if (value != null) {
            declared.set(field, value);
        }
        return value == null ? otherwise : value.booleanValue();
    }

    private TextParams text() {
        TextParams.Builder text = TextParams.newBuilder();
        String tokenizer = given.word("tokenizer", TOKENIZERS);
        if (tokenizer != null) {
            text.setTokenizer(Tokenizer.valueOf(tokenizer.toUpperCase(Locale.ROOT)));
        }
        int min = (int) Math.max(0, given.integer("min_token_len", 0, TOKEN_CHARS_MAX));
        int max = (int) Math.max(0, given.integer("max_token_len", 0, TOKEN_CHARS_MAX));
        if (max > 0 && min > max) {
            throw BodyErrors.invalid(given.path("min_token_len"), min + " is more than `max_token_len` " + max);
        }
        given.copy(declared, "tokenizer", "min_token_len", "max_token_len");
        text.setMinTokenLen(min)
                .setMaxTokenLen(max)
                .setKeepCase(!flag("lowercase", true))
                .setAsciiFolding(flag("ascii_folding", false))
                .setPhraseMatching(flag("phrase_matching", false));
        stopWords(text);
        stemmer(text);
        return text.build();
    }

    private void stopWords(TextParams.Builder text) {
        JsonNode value = given.given("stopwords");
        if (value == null) {
            return;
        }
        declared.set("stopwords", value);
        String path = given.path("stopwords");
        if (value.isTextual()) {
            text.addStopLanguages(language(value, path));
            return;
        }
        ConfigNode set = ConfigNode.object(value, path);
        for (JsonNode language : list(set, "languages")) {
            text.addStopLanguages(language(language, set.path("languages")));
        }
        for (JsonNode word : list(set, "custom")) {
            if (!word.isTextual() || word.textValue().length() > STOP_WORD_CHARS_MAX) {
                throw BodyErrors.format(
                        set.path("custom"),
                        "expected strings of at most " + STOP_WORD_CHARS_MAX + " characters, got "
                                + ConfigNode.shown(word));
            }
            text.addStopWords(word.textValue());
        }
    }

    private static JsonNode list(ConfigNode of, String field) {
        JsonNode list = of.given(field);
        if (list == null) {
            return JsonNodeFactory.instance.arrayNode();
        }
        if (!list.isArray()) {
            throw BodyErrors.format(of.path(field), "expected a list, got " + ConfigNode.shown(list));
        }
        if (list.size() > STOP_WORDS_MAX) {
            throw BodyErrors.invalid(
                    of.path(field), "at most " + STOP_WORDS_MAX + " entries, these are " + list.size());
        }
        return list;
    }

    private static String language(JsonNode value, String path) {
        if (!value.isTextual() || !STOP_LANGUAGES.contains(value.textValue())) {
            throw BodyErrors.format(
                    path, "expected a language of " + STOP_LANGUAGES + ", got " + ConfigNode.shown(value));
        }
        return value.textValue();
    }

    private void stemmer(TextParams.Builder text) {
        ConfigNode stemmer = given.object("stemmer");
        if (stemmer == null) {
            return;
        }
        declared.set("stemmer", stemmer.node());
        String type = stemmer.word("type", STEMMER_TYPES);
        if (type == null) {
            throw BodyErrors.format(stemmer.path(), "missing field `type`");
        }
        if (type.equals("snowball")) {
            String language = stemmer.word("language", STEM_LANGUAGES);
            if (language == null) {
                throw BodyErrors.format(stemmer.path(), "missing field `language`");
            }
            text.setStemmer(language);
        }
    }
}
