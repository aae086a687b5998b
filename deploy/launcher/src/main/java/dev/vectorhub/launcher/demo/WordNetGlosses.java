package dev.vectorhub.launcher.demo;

import dev.vectorhub.launcher.Failure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.dictionary.Dictionary;

/** WordNet 3.1's definitions, spread evenly over the whole dictionary so that every domain is present. */
final class WordNetGlosses {
    /** Definitions shorter than that say too little to be found. */
    private static final int TEXT_CHARS_MIN = 12;

    private WordNetGlosses() {}

    /**
     * Takes {@code count} definitions with distinct texts.
     *
     * @throws Failure when the dictionary has fewer
     */
    static List<Gloss> take(int count) {
        List<Gloss> all = all();
        if (count > all.size()) {
            throw new Failure("WordNet has " + all.size() + " usable definitions; " + count + " are too many");
        }
        List<Gloss> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            taken.add(all.get((int) ((long) i * all.size() / count)));
        }
        return taken;
    }

    private static List<Gloss> all() {
        List<Gloss> glosses = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        try {
            Dictionary dictionary = Dictionary.getDefaultResourceInstance();
            for (POS pos : POS.getAllPOS()) {
                Iterator<Synset> synsets = dictionary.getSynsetIterator(pos);
                while (synsets.hasNext()) {
                    Synset synset = synsets.next();
                    String text = definition(synset.getGloss());
                    if (text.length() >= TEXT_CHARS_MIN && seen.add(text)) {
                        glosses.add(new Gloss(
                                synset.getWords().getFirst().getLemma().replace('_', ' '),
                                pos.getLabel(),
                                synset.getLexFileName(),
                                text));
                    }
                }
            }
        } catch (JWNLException e) {
            throw new Failure("WordNet cannot be read: " + e.getMessage(), e);
        }
        return glosses;
    }

    /** A gloss is a definition, then examples in quotation marks. */
    private static String definition(String gloss) {
        int examples = gloss.indexOf("; \"");
        return (examples < 0 ? gloss : gloss.substring(0, examples)).strip();
    }
}
