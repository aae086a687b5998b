package dev.vectorhub.api.qdrant.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.qdrant.inference.Documents;

/** Where the vectors come from that a body only names: points of other collections, and texts. */
public record Sources(Lookup.Vectors lookups, Documents documents) {

    /** Whether a query is a text itself, and not an object with a kind of query. */
    static boolean isVector(ObjectNode query) {
        return query.has("text") || query.has("image") || query.has("object") || query.has("model");
    }
}
