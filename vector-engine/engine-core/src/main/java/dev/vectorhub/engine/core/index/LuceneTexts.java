package dev.vectorhub.engine.core.index;

import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.text.TextAnalyzer;
import dev.vectorhub.text.TextSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Queries of a text index as tokens. */
final class LuceneTexts {
    private LuceneTexts() {}

    private static TextSpec text(FieldSpec spec) {
        TextSpec text = spec.text();
        return text == null ? TextSpec.DEFAULT : text;
    }

    /** Each once. */
    static List<String> query(FieldSpec spec, String text) {
        return List.copyOf(new LinkedHashSet<>(TextAnalyzer.of(text(spec)).query(text)));
    }

    /** As they follow each other in a stored text. */
    static List<String> document(FieldSpec spec, String text) {
        List<String> tokens = new ArrayList<>();
        TextAnalyzer.of(text(spec)).document(text, tokens::add);
        return tokens;
    }

    static boolean hasPositions(FieldSpec spec) {
        return text(spec).positions();
    }
}
