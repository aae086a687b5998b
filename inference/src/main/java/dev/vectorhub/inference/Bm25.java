package dev.vectorhub.inference;

import dev.vectorhub.text.TextAnalyzer;
import dev.vectorhub.text.TextSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.util.StringHelper;

/**
 * BM25 as sparse vectors: a component for each word, numbered by the word's hash. A document's component is BM25's weight of
 * the word in it, a query's is 1; what a word is worth in the collection (idf) comes from the collection. Numbers and weights
 * are those of Qdrant and of fastembed's {@code Qdrant/bm25}, so that vectors made here and there go together.
 *
 * @param k how soon more of the same word counts no more; 0 for at once
 * @param b how far long documents are worth less, from 0 to 1
 * @param averageLength words of a usual document; above 0
 * @see <a href="https://github.com/aappleby/smhasher/wiki/MurmurHash3">MurmurHash3</a>, x86, 32 bits, seed 0
 */
public record Bm25(double k, double b, double averageLength, TextAnalyzer analyzer) {

    public static final double K_DEFAULT = 1.2;
    public static final double B_DEFAULT = 0.75;
    public static final double AVERAGE_LENGTH_DEFAULT = 256;

    /** The vector of a text to be stored; empty where nothing of it is a word. */
    public SparseVector document(String text) {
        Words words = new Words();
        analyzer.document(text, words::add);
        double norm = k * (1 - b + b * words.count / averageLength);
        return words.vector(times -> (float) (times * (k + 1) / (times + norm)));
    }

    /** The vector of a text to be found. */
    public SparseVector query(String text) {
        Words words = new Words();
        analyzer.query(text, words::add);
        return words.vector(times -> 1);
    }

    /** English words in lower case, without those that say nothing, by their stems. */
    public static TextSpec english() {
        return new TextSpec(
                TextSpec.Tokenizer.WORD, 0, 0, true, false, false, List.of("english"), List.of(), "english");
    }

    private interface Weight {
        float of(int times);
    }

    private static final class Words {
        private final Map<Integer, Integer> times = new TreeMap<>(Integer::compareUnsigned);
        private int count;

        void add(String word) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            times.merge(Math.abs(StringHelper.murmurhash3_x86_32(bytes, 0, bytes.length, 0)), 1, Integer::sum);
            count++;
        }

        SparseVector vector(Weight weight) {
            SparseVector vector = new SparseVector(new int[times.size()], new float[times.size()]);
            int i = 0;
            for (Map.Entry<Integer, Integer> word : times.entrySet()) {
                vector.indices()[i] = word.getKey();
                vector.values()[i++] = weight.of(word.getValue());
            }
            return vector;
        }
    }
}
