package dev.vectorhub.e2e;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Unmodified Qdrant clients of other languages do every operation of the tenant API against a running hub. */
class ForeignClientsIT {

    @Test
    void javaScript() {
        ForeignClients.javaScriptFolder();
        List<String> access = access("js");
        ForeignClients.node("qdrant.mjs", access);
        ForeignClients.node("grpc.mjs", access);
        ForeignClients.node("langchain.mjs", access);
    }

    @Test
    void python() {
        ForeignClients.pythonFolder();
        List<String> access = access("python");
        ForeignClients.python("qdrant_e2e.py", access);
        ForeignClients.python("grpc_e2e.py", access);
    }

    @Test
    void go() {
        ForeignClients.goFolder();
        ForeignClients.go(access("go"));
    }

    /** A tenant of its own for each client, by the real signup. */
    private static List<String> access(String client) {
        SharedHub hub = SharedHub.get();
        String key = hub.signup("Client " + client, client + "@example.test")
                .path("apiKey")
                .asText();
        return List.of("VECTORHUB_URL=" + hub.api(), "VECTORHUB_GRPC=" + hub.grpc(), "VECTORHUB_API_KEY=" + key);
    }
}
