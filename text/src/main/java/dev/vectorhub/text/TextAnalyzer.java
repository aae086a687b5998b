package dev.vectorhub.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.tartarus.snowball.SnowballStemmer;

/**
 * Takes texts apart as a {@link TextSpec} says. A word is folded to ASCII, put in lower case, left out if it is a stop word,
 * stemmed, and left out if it is too short or too long, in this order. With the prefix tokenizer a document has every beginning of
 * its words and a query the longest one of each, so that a query finds words that begin like its own.
 *
 * <p>An instance may be used by many threads.
 */
public final class TextAnalyzer {
    /** Of a word's beginnings, the longest; longer words are found by this many characters. */
    private static final int BEGINNING_MAX = 64;

    /** Analyzers are few and cost a stop list each: the last ones used are kept. */
    private static final int KEPT_MAX = 256;

    private static final Map<TextSpec, TextAnalyzer> KEPT = new LinkedHashMap<>(16, 0.75f, true);

    private final TextSpec spec;
    private final Set<String> stopWords;

    /** What is told of the tokens of a text, in their order. */
    @FunctionalInterface
    public interface Sink {
        void token(String token);
    }

    private TextAnalyzer(TextSpec spec) {
        this.spec = spec;
        this.stopWords = StopWords.of(spec);
        if (!spec.stemmer().isEmpty()) {
            Stemmers.create(spec.stemmer());
        }
        int min = spec.minLength();
        int max = spec.maxLength();
        if (min < 0 || max < 0 || (max > 0 && min > max)) {
            throw new IllegalArgumentException("min_token_len: " + min + " is more than max_token_len: " + max);
        }
    }

    /**
     * The analyzer of a specification.
     *
     * @throws IllegalArgumentException for a language that is not known, or lengths that exclude every
     *     token
     */
    public static TextAnalyzer of(TextSpec spec) {
        synchronized (KEPT) {
            TextAnalyzer known = KEPT.get(spec);
            if (known != null) {
                return known;
            }
        }
        TextAnalyzer made = new TextAnalyzer(spec);
        synchronized (KEPT) {
            KEPT.put(spec, made);
            if (KEPT.size() > KEPT_MAX) {
                KEPT.remove(KEPT.keySet().iterator().next());
            }
        }
        return made;
    }

    /** The tokens of a stored text. */
    public void document(String text, Sink sink) {
        if (spec.tokenizer() == TextSpec.Tokenizer.PREFIX) {
            words(text, word -> {
                if (!stopWords.contains(word)) {
                    beginnings(stemmed(word), sink);
                }
            });
        } else {
            words(text, word -> whole(word, sink));
        }
    }

    /** The tokens of a text to be found. */
    public void query(String text, Sink sink) {
        if (spec.tokenizer() == TextSpec.Tokenizer.PREFIX) {
            words(text, word -> longest(stemmed(word), sink));
        } else {
            words(text, word -> whole(word, sink));
        }
    }

    public List<String> query(String text) {
        List<String> tokens = new ArrayList<>();
        query(text, tokens::add);
        return tokens;
    }

    /** The words, folded and in the case that the tokens have. */
    private void words(String text, Sink sink) {
        Sink normal = word -> sink.token(cased(spec.asciiFolding() ? folded(word) : word));
        switch (spec.tokenizer()) {
            case WORD, PREFIX -> Words.alphanumeric(text, normal);
            case WHITESPACE -> Words.spaced(text, normal);
            case MULTILINGUAL -> Words.multilingual(text, normal);
        }
    }

    private String cased(String word) {
        return spec.lowercase() ? word.toLowerCase(Locale.ROOT) : word;
    }

    private static String folded(String word) {
        char[] in = word.toCharArray();
        // one character becomes four at most
        char[] out = new char[4 * in.length];
        int length = ASCIIFoldingFilter.foldToASCII(in, 0, out, 0, in.length);
        return new String(out, 0, length);
    }

    private String stemmed(String word) {
        return spec.stemmer().isEmpty() ? word : stemmed(Stemmers.mine(spec.stemmer()), word);
    }

    private static String stemmed(SnowballStemmer stemmer, String word) {
        stemmer.setCurrent(word);
        stemmer.stem();
        return stemmer.getCurrent();
    }

    private void whole(String word, Sink sink) {
        if (word.isEmpty() || stopWords.contains(word)) {
            return;
        }
        String token = stemmed(word);
        int length = token.codePointCount(0, token.length());
        if (length >= Math.max(1, spec.minLength()) && (spec.maxLength() == 0 || length <= spec.maxLength())) {
            sink.token(token);
        }
    }

    private int longestBeginning() {
        return spec.maxLength() == 0 ? BEGINNING_MAX : Math.min(spec.maxLength(), BEGINNING_MAX);
    }

    private void beginnings(String word, Sink sink) {
        int length = word.codePointCount(0, word.length());
        int longest = Math.min(length, longestBeginning());
        for (int n = Math.max(1, spec.minLength()); n <= longest; n++) {
            sink.token(word.substring(0, word.offsetByCodePoints(0, n)));
        }
    }

    private void longest(String word, Sink sink) {
        int length = word.codePointCount(0, word.length());
        if (length >= Math.max(1, spec.minLength())) {
            sink.token(word.substring(0, word.offsetByCodePoints(0, Math.min(length, longestBeginning()))));
        }
    }
}
