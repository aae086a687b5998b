package dev.vectorhub.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vectorhub.text.TextAnalyzer;
import dev.vectorhub.text.TextSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The figures are those of fastembed's {@code Qdrant/bm25}, version 0.9.1. */
class Bm25Test {

    private static Bm25 bm25(TextSpec spec) {
        return new Bm25(Bm25.K_DEFAULT, Bm25.B_DEFAULT, Bm25.AVERAGE_LENGTH_DEFAULT, TextAnalyzer.of(spec));
    }

    private static final Bm25 ENGLISH = bm25(Bm25.english());

    @Test
    void documentsHaveTheNumbersAndWeightsThatOthersGiveThem() {
        SparseVector dogs =
                ENGLISH.document("The quick brown foxes are jumping over the lazy dog; the dog didn't run.");
        // lazy, run, brown, quick, dog, fox, jump
        assertArrayEquals(
                new int[] {226376294, 243905464, 741580288, 771291085, 1312749093, 1621867415, 1913189942},
                dogs.indices());
        float once = 1.6564705f;
        assertArrayEquals(new float[] {once, once, once, once, 1.8899329f, once, once}, dogs.values(), 1e-6f);

        SparseVector words = ENGLISH.document("Größe naïve café 東京 3.14 x1");
        assertArrayEquals(
                new int[] {264741300, 472672705, 605818632, 756638508, 1697769591, 1749031367, 1765863102},
                words.indices());
        assertEquals(1.660867f, words.values()[0], 1e-6f);
    }

    @Test
    void aQueryHasEachOfItsWordsOnce() {
        SparseVector query =
                ENGLISH.query("Embeddings of running runners ran: vector databases, vectors, generalised!");
        assertArrayEquals(
                new int[] {243905464, 316621232, 567658162, 946033505, 959644756, 1423958341, 1955147705},
                query.indices());
        assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1, 1}, query.values());
    }

    @Test
    void textWithoutWordsHasAnEmptyVector() {
        assertEquals(0, ENGLISH.document("").indices().length);
        assertEquals(0, ENGLISH.document("the of, and!").indices().length);
        assertEquals(0, ENGLISH.query(" \n").indices().length);
    }

    @Test
    void languagesAndParametersCount() {
        TextSpec german =
                new TextSpec(TextSpec.Tokenizer.WORD, 0, 0, true, false, false, List.of("german"), List.of(), "german");
        assertArrayEquals(
                bm25(german).query("Häuser").indices(),
                bm25(german).query("das Haus").indices());
        Bm25 flat = new Bm25(0, 0, 1, TextAnalyzer.of(Bm25.english()));
        assertArrayEquals(new float[] {1, 1}, flat.document("dog dog dog cat").values());
        Bm25 unbounded = new Bm25(1e9, 0, 1, TextAnalyzer.of(Bm25.english()));
        SparseVector counts = unbounded.document("dog dog dog cat");
        assertEquals(4, counts.values()[0] + counts.values()[1], 1e-3);
    }
}
