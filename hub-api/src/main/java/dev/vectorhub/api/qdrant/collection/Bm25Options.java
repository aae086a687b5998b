package dev.vectorhub.api.qdrant.collection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.engine.wire.v1.TextParams;
import dev.vectorhub.inference.Bm25;
import dev.vectorhub.text.TextAnalyzer;
import dev.vectorhub.text.TextSpec;
import java.util.List;

/**
 * The options of {@code Qdrant/bm25}: {@code k}, {@code b}, {@code avg_len}, {@code language}, and how a text is taken apart, as
 * for a text index. Stop words and stemmer are the language's where they are not given.
 */
public final class Bm25Options {

    private static final String ENGLISH = "english";
    /** No language's stop words and no stemmer. */
    private static final String NO_LANGUAGE = "none";

    private static final double K_MAX = 1e6;
    private static final double LENGTH_MIN = 1e-3;
    private static final double LENGTH_MAX = 1e9;

    private static final Bm25 DEFAULT =
            new Bm25(Bm25.K_DEFAULT, Bm25.B_DEFAULT, Bm25.AVERAGE_LENGTH_DEFAULT, TextAnalyzer.of(Bm25.english()));

    private Bm25Options() {}

    /**
     * Reads the options.
     *
     * @param options an object; anything else stands for none
     * @throws TenantApiException 400 or 422 with the path
     */
    public static Bm25 read(JsonNode options, String path) {
        if (!options.isObject() || options.isEmpty()) {
            return DEFAULT;
        }
        ConfigNode given = ConfigNode.object(options, path);
        return new Bm25(
                number(given, "k", 0, K_MAX, Bm25.K_DEFAULT),
                number(given, "b", 0, 1, Bm25.B_DEFAULT),
                number(given, "avg_len", LENGTH_MIN, LENGTH_MAX, Bm25.AVERAGE_LENGTH_DEFAULT),
                analyzer(given));
    }

    private static double number(ConfigNode given, String field, double min, double max, double otherwise) {
        given.number(field, min, max);
        JsonNode value = given.given(field);
        return value == null ? otherwise : value.doubleValue();
    }

    private static TextAnalyzer analyzer(ConfigNode given) {
        String language = language(given);
        TextParams params = FieldParamsReader.text(given);
        boolean stops = given.given("stopwords") == null && FieldParamsReader.STOP_LANGUAGES.contains(language);
        boolean stems = given.given("stemmer") == null && FieldParamsReader.STEM_LANGUAGES.contains(language);
        return TextAnalyzer.of(new TextSpec(
                TextSpec.Tokenizer.valueOf(params.getTokenizer().name()),
                params.getMinTokenLen(),
                params.getMaxTokenLen(),
                !params.getKeepCase(),
                params.getAsciiFolding(),
                false,
                stops ? List.of(language) : params.getStopLanguagesList(),
                params.getStopWordsList(),
                stems ? language : params.getStemmer()));
    }

    private static String language(ConfigNode given) {
        JsonNode value = given.given("language");
        if (value == null) {
            return ENGLISH;
        }
        String language = value.isTextual() ? value.textValue() : "";
        boolean known = language.equals(NO_LANGUAGE)
                || FieldParamsReader.STOP_LANGUAGES.contains(language)
                || FieldParamsReader.STEM_LANGUAGES.contains(language);
        if (!known) {
            throw BodyErrors.format(
                    given.path("language"),
                    "expected `none` or a language of " + FieldParamsReader.STOP_LANGUAGES + ", got "
                            + ConfigNode.shown(value));
        }
        return language;
    }
}
