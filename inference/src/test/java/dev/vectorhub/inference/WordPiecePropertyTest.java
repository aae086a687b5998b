package dev.vectorhub.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.ibm.icu.lang.UCharacter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Against the tokenizer that the model was made with. */
class WordPiecePropertyTest {

    private static final WordPiece OURS = ours();
    private static final HuggingFaceTokenizer ORACLE = oracle();

    private static final Set<Integer> DIFFERING = Set.of(0x166d, 0x1734, 0x1885, 0x1886, 0xa9bd, 0x111c9, 0x1171e);

    private static WordPiece ours() {
        try {
            return MiniLm.tokenizer();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HuggingFaceTokenizer oracle() {
        try (InputStream in = MiniLm.class.getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json")) {
            return HuggingFaceTokenizer.newInstance(
                    in, Map.of("padding", "false", "truncation", "true", "maxLength", "256", "modelMaxLength", "256"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void same(String text) {
        int[] expected = Arrays.stream(ORACLE.encode(text).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
        assertArrayEquals(
                expected,
                OURS.tokens(text),
                () -> "of " + text.codePoints().mapToObj(Integer::toHexString).toList());
    }

    @Example
    void wordsAsTheModelKnowsThem() {
        assertArrayEquals(
                new int[] {101, 2023, 2003, 2019, 2742, 6251, 1012, 102}, OURS.tokens("This is an example sentence."));
        assertArrayEquals(new int[] {101, 102}, OURS.tokens(" \n\t"));
        for (String text : new String[] {
            "Unbelievably, embeddings tokenise well-known words; don't they?",
            "Çà et là: naïve façade, ÉCOLE, Straße, İstanbul",
            "東京タワー and 서울 and ไทย and हिन्दी",
            "a [MASK] b[SEP]c [CLS",
            "x".repeat(100) + " " + "x".repeat(101) + " " + "\uD83D\uDE00".repeat(101),
            "tab\u0001joined \u200Bzero \uFFFD width\u00A0space \uE000 soft\u00ADhyphen"
        }) {
            same(text);
        }
    }

    @Example
    void readsNoFurtherThanTheModel() {
        same("word ".repeat(1_000));
        same("unbelievablyembeddings ".repeat(300));
        assertEquals(WordPiece.TOKENS_MAX, OURS.tokens("word ".repeat(1_000)).length);
        assertEquals(3, OURS.tokens("x".repeat(1_000_000)).length);
    }

    @Property(tries = 3_000, shrinking = ShrinkingMode.FULL)
    void anyTextYieldsWhatTheModelWasTrainedWith(@ForAll("texts") String text) {
        same(text);
    }

    /** The oracle's tables are of Unicode 8 and differ from the standard in seven old characters. */
    private static boolean isKnownToBoth(int c) {
        return Character.isDefined(c)
                && Character.getType(c) != Character.SURROGATE
                && UCharacter.getAge(c).getMajor() <= 8
                && !DIFFERING.contains(c);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> words =
                Arbitraries.of("embedding", "vector", "The", "naïve", "don't", "3.14", "tokeniser", "été", "[SEP]");
        Arbitrary<String> plain = Arbitraries.strings().ascii().ofMaxLength(12);
        Arbitrary<String> european =
                Arbitraries.strings().withCharRange('\u00A0', '\u0527').ofMaxLength(12);
        Arbitrary<String> any = Arbitraries.integers()
                .between(0, 0x2FFFF)
                .filter(WordPiecePropertyTest::isKnownToBoth)
                .list()
                .ofMaxSize(8)
                .map(list -> {
                    StringBuilder out = new StringBuilder();
                    list.forEach(out::appendCodePoint);
                    return out.toString();
                });
        return Arbitraries.oneOf(words, words, plain, european, any)
                .list()
                .ofMaxSize(12)
                .map(list -> String.join(" ", list));
    }
}
