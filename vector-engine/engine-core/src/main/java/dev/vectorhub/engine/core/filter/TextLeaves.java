package dev.vectorhub.engine.core.filter;

import dev.vectorhub.engine.core.Condition.MatchValue;
import dev.vectorhub.engine.core.payload.JsonBytes;
import dev.vectorhub.text.TextAnalyzer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Text conditions on a field whose index says how texts become tokens. A query without tokens matches nothing. */
final class TextLeaves {
    private TextLeaves() {}

    /** Null if the value is no text condition. */
    static PayloadMatcher.@Nullable Leaf of(MatchValue value, TextAnalyzer analyzer) {
        return switch (value) {
            case MatchValue.Text(String text) -> new Tokens(analyzer, text, true);
            case MatchValue.TextAny(String text) -> new Tokens(analyzer, text, false);
            case MatchValue.Phrase(String text) -> new Phrase(analyzer, text);
            default -> null;
        };
    }

    /** Shows the texts of a value, and of the elements of an array. */
    private abstract static class TextLeaf extends PayloadMatcher.Leaf {
        @Override
        public void value(byte[] json, int at) {
            if (json[at] == '[') {
                for (int i = JsonBytes.white(json, at + 1); json[i] != ']'; ) {
                    string(json, i);
                    i = PayloadScan.next(json, JsonBytes.skip(json, i));
                }
            } else {
                string(json, at);
            }
        }

        private void string(byte[] json, int at) {
            if (json[at] == '"') {
                text(JsonBytes.text(json, at, JsonBytes.stringEnd(json, at)));
            }
        }

        abstract void text(String text);
    }

    /** Tokens of all the field's values together. */
    private static final class Tokens extends TextLeaf {
        private final TextAnalyzer analyzer;
        private final Map<String, Integer> places = new HashMap<>();
        private final boolean all;
        private final boolean[] found;
        private int missing;

        Tokens(TextAnalyzer analyzer, String query, boolean all) {
            this.analyzer = analyzer;
            this.all = all;
            analyzer.query(query, token -> places.putIfAbsent(token, places.size()));
            this.found = new boolean[places.size()];
        }

        @Override
        void reset() {
            super.reset();
            java.util.Arrays.fill(found, false);
            missing = found.length;
        }

        @Override
        void text(String text) {
            if (!flag && found.length > 0) {
                analyzer.document(text, token -> {
                    Integer place = places.get(token);
                    if (place != null && !found[place]) {
                        found[place] = true;
                        missing--;
                        flag = flag || !all || missing == 0;
                    }
                });
            }
        }
    }

    /** Tokens one after another in one value. */
    private static final class Phrase extends TextLeaf {
        private final TextAnalyzer analyzer;
        private final List<String> wanted = new ArrayList<>();
        private final List<String> tokens = new ArrayList<>();

        Phrase(TextAnalyzer analyzer, String query) {
            this.analyzer = analyzer;
            analyzer.document(query, wanted::add);
        }

        @Override
        void text(String text) {
            if (!flag && !wanted.isEmpty()) {
                tokens.clear();
                analyzer.document(text, tokens::add);
                flag = java.util.Collections.indexOfSubList(tokens, wanted) >= 0;
            }
        }
    }
}
