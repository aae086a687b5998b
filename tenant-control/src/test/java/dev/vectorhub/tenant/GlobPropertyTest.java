package dev.vectorhub.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.regex.Pattern;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class GlobPropertyTest {

    @Property
    void agreesWithARegularExpression(
            @ForAll @Chars({'a', 'b', '*', '?', '.'}) @StringLength(max = 8) String glob,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 10) String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            regex.append(
                    switch (c) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(String.valueOf(c));
                    });
        }
        assertEquals(text.matches(regex.toString()), Glob.matches(glob, text));
    }

    @Example
    void hostilePatternEnds() {
        // A backtracking matcher would need more steps than there are atoms in the universe.
        assertFalse(Glob.matches("*a".repeat(120) + "b", "a".repeat(255)));
    }
}
