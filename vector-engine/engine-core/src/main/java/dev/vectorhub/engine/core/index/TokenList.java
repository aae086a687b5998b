package dev.vectorhub.engine.core.index;

import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** Tokens that are known already, for Lucene to index. */
final class TokenList extends TokenStream {
    private final List<String> tokens;
    private final List<Integer> gaps;
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private int next;
    private int gap;

    /** @param gaps positions in {@code tokens}, ascending, before which a value ends */
    TokenList(List<String> tokens, List<Integer> gaps) {
        this.tokens = tokens;
        this.gaps = gaps;
    }

    @Override
    public boolean incrementToken() {
        if (next == tokens.size()) {
            return false;
        }
        clearAttributes();
        term.append(tokens.get(next));
        boolean begins = false;
        while (gap < gaps.size() && gaps.get(gap) <= next) {
            begins = true;
            gap++;
        }
        increment.setPositionIncrement(begins ? LuceneFields.VALUE_GAP : 1);
        next++;
        return true;
    }

    @Override
    public void reset() {
        next = 0;
        gap = 0;
    }
}
