package dev.vectorhub.console.shell;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ErrorPageTest {
    @Test
    void eachStatusHasWordsOfItsOwn() {
        assertTrue(ErrorPage.html(404, null).contains("There is nothing at this address"));
        assertTrue(ErrorPage.html(403, null).contains("not for your account"));
        assertTrue(ErrorPage.html(401, null).contains("did not finish"));
        assertTrue(ErrorPage.html(503, null).contains("not ready"));
        assertTrue(ErrorPage.html(418, null).contains("was not understood"));
        assertTrue(ErrorPage.html(500, null).contains("on our side"));
    }

    @Test
    void theReferenceIsShownAsText() {
        assertTrue(ErrorPage.html(500, "ref-1").contains("<code>ref-1</code>"));
        assertFalse(ErrorPage.html(500, "<b>").contains("<b>"));
    }
}
