package dev.vectorhub.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vectorhub.text.TextSpec.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextAnalyzerTest {

    private static TextSpec spec(Tokenizer tokenizer, int min, int max) {
        return new TextSpec(tokenizer, min, max, true, false, false, List.of(), List.of(), "");
    }

    private static List<String> document(TextSpec spec, String text) {
        List<String> tokens = new ArrayList<>();
        TextAnalyzer.of(spec).document(text, tokens::add);
        return tokens;
    }

    @Test
    void wordsAreRunsOfLettersAndDigits() {
        assertEquals(
                List.of("hello", "world", "привет", "мир", "a1"),
                document(TextSpec.DEFAULT, "Hello, world! Привет, мир! a1"));
        assertEquals(List.of(), document(TextSpec.DEFAULT, " -- "));
    }

    @Test
    void spacesAloneMayPartWords() {
        assertEquals(List.of("it's", "a-b", "x"), document(spec(Tokenizer.WHITESPACE, 0, 0), "It's\u00a0a-b\tx "));
    }

    @Test
    void prefixesOfDocumentsAndTheLongestOfQueries() {
        TextSpec prefix = spec(Tokenizer.PREFIX, 2, 4);
        assertEquals(List.of("he", "hel", "hell", "ми", "мир"), document(prefix, "Hello, мир!"));
        assertEquals(List.of("hell", "мир"), TextAnalyzer.of(prefix).query("hello, мир! x"));
    }

    @Test
    void scriptsWithoutSpacesAreTakenApartByDictionary() {
        TextSpec multilingual = spec(Tokenizer.MULTILINGUAL, 0, 0);
        assertEquals(List.of("今天是", "星期一"), document(multilingual, "今天是星期一"));
        assertEquals(List.of("what", "are", "you", "cafe"), document(multilingual, "What are you, café? 12"));
        assertEquals(
                document(multilingual, "ภาษาไทย"), TextAnalyzer.of(multilingual).query("ภาษาไทย"));
    }

    @Test
    void lengthsAreOfCharacters() {
        assertEquals(List.of("bb", "𝒳𝒴", "ccc"), document(spec(Tokenizer.WHITESPACE, 2, 3), "a bb 𝒳𝒴 ccc dddd"));
    }

    @Test
    void foldedStoppedAndStemmed() {
        TextSpec spec =
                new TextSpec(Tokenizer.WORD, 0, 0, true, true, false, List.of("english"), List.of("Vector"), "english");
        assertEquals(
                List.of("run", "acao"),
                document(spec, "The vectors? No: the vector, running ação").stream()
                        .filter(token -> !token.equals("vector"))
                        .toList());
        TextSpec cased = new TextSpec(Tokenizer.WORD, 0, 0, false, false, false, List.of(), List.of("x"), "");
        assertEquals(List.of("X", "Y"), document(cased, "X x Y"));
    }

    @Test
    void unknownLanguagesAreRefused() {
        TextSpec stop = new TextSpec(Tokenizer.WORD, 0, 0, true, false, false, List.of("klingon"), List.of(), "");
        TextSpec stem = new TextSpec(Tokenizer.WORD, 0, 0, true, false, false, List.of(), List.of(), "klingon");
        assertThrows(IllegalArgumentException.class, () -> TextAnalyzer.of(stop));
        assertThrows(IllegalArgumentException.class, () -> TextAnalyzer.of(stem));
        assertThrows(IllegalArgumentException.class, () -> TextAnalyzer.of(spec(Tokenizer.WORD, 3, 2)));
    }
}
