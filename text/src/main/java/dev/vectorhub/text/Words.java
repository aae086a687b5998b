package dev.vectorhub.text;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.util.ULocale;
import dev.vectorhub.text.TextAnalyzer.Sink;

/** The words of a text. */
final class Words {
    private static final Normalizer2 DECOMPOSED = Normalizer2.getNFKDInstance();
    private static final Normalizer2 COMPOSED = Normalizer2.getNFCInstance();
    private static final BreakIterator BREAKS = BreakIterator.getWordInstance(ULocale.ROOT);

    private Words() {}

    /** Runs of letters and digits. */
    static void alphanumeric(String text, Sink sink) {
        int start = -1;
        int i = 0;
        while (i < text.length()) {
            int character = text.codePointAt(i);
            if (isAlphanumeric(character)) {
                start = start < 0 ? i : start;
            } else if (start >= 0) {
                sink.token(text.substring(start, i));
                start = -1;
            }
            i += Character.charCount(character);
        }
        if (start >= 0) {
            sink.token(text.substring(start));
        }
    }

    private static boolean isAlphanumeric(int character) {
        return Character.isAlphabetic(character)
                || switch (Character.getType(character)) {
                    case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
                    default -> false;
                };
    }

    /** Runs of anything but white space. */
    static void spaced(String text, Sink sink) {
        int start = -1;
        for (int i = 0; i < text.length(); i++) {
            if (!isSpace(text.charAt(i))) {
                start = start < 0 ? i : start;
            } else if (start >= 0) {
                sink.token(text.substring(start, i));
                start = -1;
            }
        }
        if (start >= 0) {
            sink.token(text.substring(start));
        }
    }

    /** Unicode's White_Space, all of which is in the basic plane. */
    private static boolean isSpace(char c) {
        return (c >= '\t' && c <= '\r')
                || c == ' '
                || c == '\u0085'
                || c == '\u00a0'
                || c == '\u1680'
                || (c >= '\u2000' && c <= '\u200a')
                || c == '\u2028'
                || c == '\u2029'
                || c == '\u202f'
                || c == '\u205f'
                || c == '\u3000';
    }

    /**
     * Words by Unicode's rules and, where a script does not part them, by dictionary; of those with a letter in them, without
     * marks and in compatibility form.
     */
    static void multilingual(String text, Sink sink) {
        BreakIterator breaks = BREAKS.clone();
        breaks.setText(text);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            if (hasLetter(text, start, end)) {
                sink.token(plain(text.substring(start, end)));
            }
            start = end;
        }
    }

    private static boolean hasLetter(String text, int start, int end) {
        for (int i = start; i < end; i += Character.charCount(text.codePointAt(i))) {
            if (Character.isAlphabetic(text.codePointAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static String plain(String word) {
        boolean ascii = word.chars().allMatch(c -> c < 0x80);
        if (ascii) {
            return word;
        }
        StringBuilder kept = new StringBuilder(word.length());
        DECOMPOSED.normalize(word).codePoints().forEach(character -> {
            if (Character.getType(character) != Character.NON_SPACING_MARK) {
                kept.appendCodePoint(character);
            }
        });
        return COMPOSED.normalize(kept);
    }
}
