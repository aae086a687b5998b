package dev.vectorhub.console.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SnippetsTest {
    @Test
    void addressAndKeyAreInEachProgram() {
        List<Snippets.Snippet> snippets = Snippets.of("https://hub.example:6333", "vhk_live_abc_def_123");
        assertEquals(
                List.of("curl", "Python", "JavaScript"),
                snippets.stream().map(Snippets.Snippet::language).toList());
        for (Snippets.Snippet snippet : snippets) {
            assertTrue(snippet.source().contains("https://hub.example:6333"), snippet.language());
            assertTrue(snippet.source().contains("vhk_live_abc_def_123"), snippet.language());
            assertFalse(snippet.source().contains("%s"), snippet.language());
        }
    }

    @Test
    void withoutAKeyThereIsAPlaceholder() {
        for (Snippets.Snippet snippet : Snippets.of("http://127.0.0.1:6333", "")) {
            assertTrue(snippet.source().contains("YOUR_API_KEY"), snippet.language());
        }
    }
}
