package dev.vectorhub.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpPolicyTest {
    @ParameterizedTest
    @CsvSource({
        "/signup,true",
        "/check-your-mail,true",
        "/signed-out,true",
        "/VAADIN/build/x.js,true",
        "/console/console.css,true",
        "/q/health/ready,true",
        "/,false",
        "/tenants,false",
        "/signup/../tenants,false",
        "/signupx,false",
        "/t/0198a000-0000-7000-8000-000000000001,false",
        "/q/dev,false",
        "/VAADINx,false",
    })
    void whatIsNotListedNeedsASignIn(String path, boolean expected) {
        assertEquals(expected, HttpPolicy.isPublic(path));
    }
}
