package dev.vectorhub.text;

import java.util.List;

/**
 * How a text becomes tokens.
 *
 * @param minLength characters of a token; 0 for no bound
 * @param maxLength characters of a token; 0 for no bound
 * @param positions whether phrases are meant to be found fast
 * @param stopLanguages in Qdrant's spelling; tokens of their stop words are left out
 * @param stemmer a Snowball language in Qdrant's spelling; empty for none
 */
public record TextSpec(
        Tokenizer tokenizer,
        int minLength,
        int maxLength,
        boolean lowercase,
        boolean asciiFolding,
        boolean positions,
        List<String> stopLanguages,
        List<String> stopWords,
        String stemmer) {

    public enum Tokenizer {
        WORD,
        WHITESPACE,
        PREFIX,
        MULTILINGUAL
    }

    public static final TextSpec DEFAULT =
            new TextSpec(Tokenizer.WORD, 0, 0, true, false, false, List.of(), List.of(), "");

    public TextSpec {
        stopLanguages = List.copyOf(stopLanguages);
        stopWords = List.copyOf(stopWords);
    }
}
