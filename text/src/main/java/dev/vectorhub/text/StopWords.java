package dev.vectorhub.text;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.WordlistLoader;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bn.BengaliAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.ne.NepaliAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/** Stop words by language, as Lucene ships them; English as others have it. */
final class StopWords {
    private static final Map<String, Supplier<CharArraySet>> BY_LANGUAGE = Map.ofEntries(
            Map.entry("arabic", ArabicAnalyzer::getDefaultStopSet),
            Map.entry("basque", BasqueAnalyzer::getDefaultStopSet),
            Map.entry("bengali", BengaliAnalyzer::getDefaultStopSet),
            Map.entry("catalan", CatalanAnalyzer::getDefaultStopSet),
            Map.entry("danish", DanishAnalyzer::getDefaultStopSet),
            Map.entry("dutch", DutchAnalyzer::getDefaultStopSet),
            Map.entry("english", StopWords::english),
            Map.entry("finnish", FinnishAnalyzer::getDefaultStopSet),
            Map.entry("french", FrenchAnalyzer::getDefaultStopSet),
            Map.entry("german", GermanAnalyzer::getDefaultStopSet),
            Map.entry("greek", GreekAnalyzer::getDefaultStopSet),
            Map.entry("hungarian", HungarianAnalyzer::getDefaultStopSet),
            Map.entry("indonesian", IndonesianAnalyzer::getDefaultStopSet),
            Map.entry("italian", ItalianAnalyzer::getDefaultStopSet),
            Map.entry("nepali", NepaliAnalyzer::getDefaultStopSet),
            Map.entry("norwegian", NorwegianAnalyzer::getDefaultStopSet),
            Map.entry("portuguese", PortugueseAnalyzer::getDefaultStopSet),
            Map.entry("romanian", RomanianAnalyzer::getDefaultStopSet),
            Map.entry("russian", RussianAnalyzer::getDefaultStopSet),
            Map.entry("spanish", SpanishAnalyzer::getDefaultStopSet),
            Map.entry("swedish", SwedishAnalyzer::getDefaultStopSet),
            Map.entry("turkish", TurkishAnalyzer::getDefaultStopSet));

    /** What English lists of other search engines have beyond Snowball's: mostly what is left of a word before or after an apostrophe. */
    private static final Set<String> MORE_ENGLISH = Set.of(
            ("ain aren can couldn d didn doesn don hadn hasn haven isn just ll m ma mightn mightn't mustn needn needn't now o re s"
                            + " shan should've shouldn t that'll ve wasn weren will won wouldn y")
                    .split(" "));

    /** What only Snowball's list has. */
    private static final Set<String> LESS_ENGLISH = Set.of(
            ("can't cannot could he'd he'll he's here's how's i'd i'll i'm i've let's ought she'd she'll that's there's they'd"
                            + " they'll they're they've we'd we'll we're we've what's when's where's who's why's would")
                    .split(" "));

    private StopWords() {}

    /** In the case that tokens have. */
    static Set<String> of(TextSpec spec) {
        Set<String> words = new HashSet<>();
        for (String language : spec.stopLanguages()) {
            Supplier<CharArraySet> set = BY_LANGUAGE.get(language);
            if (set == null) {
                throw new IllegalArgumentException("stopwords: no stop words for '" + language + "'");
            }
            for (Object word : set.get()) {
                words.add(new String((char[]) word));
            }
        }
        for (String word : spec.stopWords()) {
            words.add(spec.lowercase() ? word.toLowerCase(Locale.ROOT) : word);
        }
        return words;
    }

    /** The list that Qdrant and fastembed have: vectors of words that are made elsewhere then agree with ours. */
    private static CharArraySet english() {
        try (InputStreamReader list = new InputStreamReader(
                SnowballFilter.class.getResourceAsStream("english_stop.txt"), StandardCharsets.UTF_8)) {
            CharArraySet words = new CharArraySet(MORE_ENGLISH, false);
            for (Object word : WordlistLoader.getSnowballWordSet(list)) {
                if (!LESS_ENGLISH.contains(new String((char[]) word))) {
                    words.add(word);
                }
            }
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
