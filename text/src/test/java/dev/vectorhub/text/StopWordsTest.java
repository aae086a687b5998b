package dev.vectorhub.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StopWordsTest {

    @Test
    void englishHasTheWordsThatOtherEnginesHave() {
        Set<String> english = StopWords.of(new TextSpec(
                TextSpec.Tokenizer.WORD, 0, 0, true, false, false, List.of("english"), List.of("Qdrant"), ""));
        assertEquals(179 + 1, english.size());
        assertTrue(english.containsAll(List.of("the", "should've", "don", "will", "qdrant")));
        assertFalse(english.contains("would"));
    }
}
