package dev.vectorhub.inference;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * Text as the numbers of word pieces, as BERT's uncased tokenizer yields them: controls removed, ideographs apart, accents
 * stripped, lower case, punctuation apart, each word the longest pieces that it is made of. Stops where the model stops
 * reading, so that a long text costs no more than its characters up to there.
 */
final class WordPiece {
    /** Longest input of the model, with the marks of beginning and end: what sentence-transformers gives it. */
    static final int TOKENS_MAX = 256;

    private static final int UNKNOWN = 100;
    private static final int BEGIN = 101;
    private static final int END = 102;
    /** Of a word that is looked at; a longer one is unknown as a whole. */
    private static final int WORD_MAX = 100;

    private static final String[] MARKS = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};
    private static final int[] MARK_IDS = {0, UNKNOWN, BEGIN, END, 103};

    private final Vocabulary vocabulary;

    WordPiece(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** The numbers, with the marks of beginning and end; at most {@link #TOKENS_MAX}. */
    int[] tokens(String text) {
        Run run = new Run();
        int from = 0;
        for (int open = text.indexOf('['); open >= 0 && !run.full(); open = text.indexOf('[', open + 1)) {
            int mark = markAt(text, open);
            if (mark >= 0) {
                run.text(text, from, open);
                run.put(MARK_IDS[mark]);
                from = open + MARKS[mark].length();
                open = from - 1;
            }
        }
        run.text(text, from, text.length());
        return run.end();
    }

    private static int markAt(String text, int at) {
        for (int i = 0; i < MARKS.length; i++) {
            if (text.startsWith(MARKS[i], at)) {
                return i;
            }
        }
        return -1;
    }

    /** One text's pass. */
    private final class Run {
        private final int[] tokens = new int[TOKENS_MAX];
        private final char[] word = new char[2 * WORD_MAX];
        private int count;
        private int chars;
        private int characters;

        Run() {
            tokens[count++] = BEGIN;
        }

        boolean full() {
            return count == TOKENS_MAX - 1;
        }

        void put(int token) {
            if (!full()) {
                tokens[count++] = token;
            }
        }

        int[] end() {
            tokens[count++] = END;
            return Arrays.copyOf(tokens, count);
        }

        void text(String text, int from, int to) {
            boolean asIs = isAscii(text, from, to);
            String plain = asIs ? text : decomposed(text, from, to);
            int end = asIs ? to : plain.length();
            int i = asIs ? from : 0;
            while (i < end && !full()) {
                int c = plain.codePointAt(i);
                i += Character.charCount(c);
                if (isSpace(c)) {
                    word();
                } else if (isPunctuation(c)) {
                    word();
                    add(c);
                    word();
                } else if (!isControl(c)) {
                    add(Character.toLowerCase(c));
                }
            }
            word();
        }

        private void add(int c) {
            if (++characters <= WORD_MAX) {
                chars += Character.toChars(c, word, chars);
            }
        }

        /** The word ends: its pieces, or one unknown piece. */
        private void word() {
            if (characters > WORD_MAX) {
                put(UNKNOWN);
            } else if (characters > 0) {
                pieces();
            }
            characters = 0;
            chars = 0;
        }

        private void pieces() {
            int before = count;
            int start = 0;
            while (start < chars) {
                int piece = -1;
                int end = start;
                int vertex = start == 0 ? Vocabulary.FIRST : Vocabulary.FOLLOWING;
                for (int i = start; i < chars; i++) {
                    vertex = vocabulary.next(vertex, word[i]);
                    if (vertex < 0) {
                        break;
                    }
                    if (vocabulary.piece(vertex) >= 0) {
                        piece = vocabulary.piece(vertex);
                        end = i + 1;
                    }
                }
                if (piece < 0) {
                    count = before;
                    put(UNKNOWN);
                    return;
                }
                put(piece);
                start = end;
            }
        }
    }

    private static boolean isAscii(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String decomposed(String text, int from, int to) {
        StringBuilder clean = new StringBuilder(to - from + 16);
        for (int i = from; i < to; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isIdeograph(c)) {
                clean.append(' ').appendCodePoint(c).append(' ');
            } else if (isSpace(c)) {
                clean.append(' ');
            } else if (!isControl(c)) {
                clean.appendCodePoint(c);
            }
        }
        String decomposed = Normalizer.normalize(clean, Normalizer.Form.NFD);
        clean.setLength(0);
        for (int i = 0; i < decomposed.length(); ) {
            int c = decomposed.codePointAt(i);
            i += Character.charCount(c);
            if (Character.getType(c) != Character.NON_SPACING_MARK) {
                clean.appendCodePoint(c);
            }
        }
        return clean.toString();
    }

    /** Other controls do not part words: they are left out. */
    private static boolean isSpace(int c) {
        return Character.isSpaceChar(c) || c == '\t' || c == '\n' || c == '\r';
    }

    private static boolean isControl(int c) {
        return c == 0xFFFD
                || switch (Character.getType(c)) {
                    case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
                    default -> false;
                };
    }

    private static boolean isPunctuation(int c) {
        if (c < 0x80) {
            return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
        }
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    /** Ideographs are words of their own; the blocks are those that the model was trained with. */
    private static boolean isIdeograph(int c) {
        return (c >= 0x4E00 && c <= 0x9FFF)
                || (c >= 0x3400 && c <= 0x4DBF)
                || (c >= 0x20000 && c <= 0x2A6DF)
                || (c >= 0x2A700 && c <= 0x2B73F)
                || (c >= 0x2B740 && c <= 0x2B81F)
                || (c >= 0x2B920 && c <= 0x2CEAF)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0x2F800 && c <= 0x2FA1F);
    }
}
