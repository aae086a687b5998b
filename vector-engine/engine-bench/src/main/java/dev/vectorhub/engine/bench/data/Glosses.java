package dev.vectorhub.engine.bench.data;

import dev.vectorhub.engine.bench.Failure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.dictionary.Dictionary;

/** WordNet's glosses: sentences that explain a word. */
public final class Glosses {
    private static final int TEXT_CHARS_MIN = 8;

    private Glosses() {}

    /** Each once, in an order that is always the same and has no meaning. */
    public static List<String> texts() {
        Set<String> distinct = new LinkedHashSet<>();
        try {
            Dictionary dictionary = Dictionary.getDefaultResourceInstance();
            for (POS pos : POS.getAllPOS()) {
                for (Iterator<Synset> synsets = dictionary.getSynsetIterator(pos); synsets.hasNext(); ) {
                    String gloss = synsets.next().getGloss().strip();
                    if (gloss.length() >= TEXT_CHARS_MIN) {
                        distinct.add(gloss);
                    }
                }
            }
        } catch (JWNLException e) {
            throw new Failure("WordNet cannot be read: " + e.getMessage(), e);
        }
        List<String> texts = new ArrayList<>(distinct);
        Collections.shuffle(texts, new Random(DataSet.SEED));
        return texts;
    }
}
