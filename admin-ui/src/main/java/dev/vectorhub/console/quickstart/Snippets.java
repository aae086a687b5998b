package dev.vectorhub.console.quickstart;

import java.util.List;

/**
 * The first minute with the API as programs that run as pasted: make a collection, store three points, search. Each may
 * be run again; what exists already is left as it is.
 */
public final class Snippets {
    private static final String PLACEHOLDER = "YOUR_API_KEY";

    /**
     * One example.
     *
     * @param language on its tab
     * @param preparation what to have before; empty if nothing
     */
    public record Snippet(String language, String title, String preparation, String source) {}

    private Snippets() {}

    /**
     * The example in each language.
     *
     * @param apiKey the secret, or empty for a placeholder
     */
    public static List<Snippet> of(String apiUrl, String apiKey) {
        String key = apiKey.isEmpty() ? PLACEHOLDER : apiKey;
        return List.of(curl(apiUrl, key), python(apiUrl, key), javaScript(apiUrl, key));
    }

    private static Snippet curl(String apiUrl, String key) {
        return new Snippet("curl", "Shell", "", """
                API='%s'
                API_KEY='%s'

                # A collection for vectors of four numbers
                curl -sS -X PUT "$API/collections/quickstart" \\
                  -H "api-key: $API_KEY" -H 'Content-Type: application/json' \\
                  -d '{"vectors": {"size": 4, "distance": "Cosine"}}'
                echo

                # Three points with payload
                curl -sS -X PUT "$API/collections/quickstart/points?wait=true" \\
                  -H "api-key: $API_KEY" -H 'Content-Type: application/json' \\
                  -d '{"points": [
                    {"id": 1, "vector": [0.9, 0.1, 0.1, 0.2], "payload": {"city": "Berlin"}},
                    {"id": 2, "vector": [0.2, 0.8, 0.1, 0.5], "payload": {"city": "London"}},
                    {"id": 3, "vector": [0.3, 0.2, 0.9, 0.4], "payload": {"city": "Lisbon"}}
                  ]}'
                echo

                # The two points most like a vector
                curl -sS -X POST "$API/collections/quickstart/points/query" \\
                  -H "api-key: $API_KEY" -H 'Content-Type: application/json' \\
                  -d '{"query": [0.8, 0.2, 0.1, 0.1], "limit": 2, "with_payload": true}'
                echo
                """.formatted(apiUrl, key));
    }

    private static Snippet python(String apiUrl, String key) {
        return new Snippet("Python", "quickstart.py", "pip install qdrant-client", """
                from qdrant_client import QdrantClient
                from qdrant_client.models import Distance, PointStruct, VectorParams

                client = QdrantClient(url="%s", api_key="%s")

                if not client.collection_exists("quickstart"):
                    client.create_collection(
                        "quickstart",
                        vectors_config=VectorParams(size=4, distance=Distance.COSINE),
                    )

                client.upsert(
                    "quickstart",
                    wait=True,
                    points=[
                        PointStruct(id=1, vector=[0.9, 0.1, 0.1, 0.2], payload={"city": "Berlin"}),
                        PointStruct(id=2, vector=[0.2, 0.8, 0.1, 0.5], payload={"city": "London"}),
                        PointStruct(id=3, vector=[0.3, 0.2, 0.9, 0.4], payload={"city": "Lisbon"}),
                    ],
                )

                hits = client.query_points("quickstart", query=[0.8, 0.2, 0.1, 0.1], limit=2)
                for hit in hits.points:
                    print(hit.id, round(hit.score, 3), hit.payload)
                """.formatted(apiUrl, key));
    }

    private static Snippet javaScript(String apiUrl, String key) {
        return new Snippet(
                "JavaScript", "quickstart.mjs", "npm install @qdrant/js-client-rest", """
                import { QdrantClient } from '@qdrant/js-client-rest';

                const client = new QdrantClient({ url: '%s', apiKey: '%s' });

                if (!(await client.collectionExists('quickstart')).exists) {
                  await client.createCollection('quickstart', {
                    vectors: { size: 4, distance: 'Cosine' },
                  });
                }

                await client.upsert('quickstart', {
                  wait: true,
                  points: [
                    { id: 1, vector: [0.9, 0.1, 0.1, 0.2], payload: { city: 'Berlin' } },
                    { id: 2, vector: [0.2, 0.8, 0.1, 0.5], payload: { city: 'London' } },
                    { id: 3, vector: [0.3, 0.2, 0.9, 0.4], payload: { city: 'Lisbon' } },
                  ],
                });

                const hits = await client.query('quickstart', {
                  query: [0.8, 0.2, 0.1, 0.1],
                  limit: 2,
                  with_payload: true,
                });
                for (const hit of hits.points) {
                  console.log(hit.id, hit.score.toFixed(3), hit.payload);
                }
                """.formatted(apiUrl, key));
    }
}
