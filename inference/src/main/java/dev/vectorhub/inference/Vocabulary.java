package dev.vectorhub.inference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The pieces that words are made of, as a tree of characters: the longest piece that a text goes on with is found in one
 * walk, without a string for each attempt. One tree holds pieces that begin a word, another those that go on with one.
 */
final class Vocabulary {
    /** Where a walk begins for the first piece of a word, and for the following ones. */
    static final int FIRST = 0;

    static final int FOLLOWING = 1;
    private static final int NONE = -1;
    private static final String CONTINUES = "##";
    /** The tree of 30,522 pieces has fewer branches than three times as many. */
    private static final int SLOTS_BITS = 18;

    private final long[] branches = new long[1 << SLOTS_BITS];
    private final int[] targets = new int[1 << SLOTS_BITS];
    private int[] pieces = new int[1 << 15];
    private int vertices = 2;

    private Vocabulary() {
        Arrays.fill(branches, NONE);
        Arrays.fill(pieces, NONE);
    }

    /**
     * Reads {@code model.vocab} of a tokenizer's JSON file.
     *
     * @throws IOException where the file is not such a one
     */
    static Vocabulary read(InputStream json) throws IOException {
        Vocabulary vocabulary = new Vocabulary();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            enter(parser, "model");
            enter(parser, "vocab");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String piece = parser.currentName();
                vocabulary.add(piece, parser.nextIntValue(NONE));
            }
        }
        return vocabulary;
    }

    private static void enter(JsonParser parser, String field) throws IOException {
        if (parser.currentToken() == null) {
            parser.nextToken();
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals(field) && value == JsonToken.START_OBJECT) {
                return;
            }
            parser.skipChildren();
        }
        throw new IOException("the tokenizer's file has no " + field);
    }

    private void add(String piece, int id) throws IOException {
        boolean follows = piece.startsWith(CONTINUES) && piece.length() > CONTINUES.length();
        int vertex = follows ? FOLLOWING : FIRST;
        for (int i = follows ? CONTINUES.length() : 0; i < piece.length(); i++) {
            vertex = grow(vertex, piece.charAt(i));
        }
        if (id < 0) {
            throw new IOException("the piece '" + piece + "' has no number");
        }
        pieces[vertex] = id;
    }

    private int grow(int vertex, char by) throws IOException {
        long branch = branch(vertex, by);
        int slot = slot(branch);
        if (branches[slot] == branch) {
            return targets[slot];
        }
        if (vertices > branches.length / 2) {
            throw new IOException("the vocabulary has too many pieces");
        }
        if (vertices == pieces.length) {
            pieces = Arrays.copyOf(pieces, 2 * vertices);
            Arrays.fill(pieces, vertices, pieces.length, NONE);
        }
        branches[slot] = branch;
        targets[slot] = vertices;
        return vertices++;
    }

    /** Where the walk comes to; negative where no piece goes on so. */
    int next(int vertex, char by) {
        long branch = branch(vertex, by);
        int slot = slot(branch);
        return branches[slot] == branch ? targets[slot] : NONE;
    }

    /** The number of the piece that ends here; negative where none does. */
    int piece(int vertex) {
        return pieces[vertex];
    }

    private static long branch(int vertex, char by) {
        return ((long) vertex << Character.SIZE) | by;
    }

    private int slot(long branch) {
        int slot = (int) ((branch * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - SLOTS_BITS));
        while (branches[slot] != branch && branches[slot] != NONE) {
            slot = (slot + 1) & (branches.length - 1);
        }
        return slot;
    }
}
