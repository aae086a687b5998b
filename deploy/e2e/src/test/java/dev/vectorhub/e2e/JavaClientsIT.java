package dev.vectorhub.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.filter.MetadataFilterBuilder;
import dev.langchain4j.store.embedding.qdrant.QdrantEmbeddingStore;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryPoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.qdrant.QdrantVectorStore;

/** Unmodified Java clients over gRPC: create, fill, search with a filter, update, delete. */
class JavaClientsIT {

    private static final int LETTERS = 26;

    private static String key(String client) {
        return SharedHub.get()
                .signup("Java " + client, "java-" + client + "@example.test")
                .path("apiKey")
                .asText();
    }

    private static QdrantClient client(String key) {
        String[] address = SharedHub.get().grpc().split(":", 2);
        return new QdrantClient(QdrantGrpcClient.newBuilder(address[0], Integer.parseInt(address[1]), false)
                .withApiKey(key)
                .build());
    }

    private static <T> T get(Future<T> answer) throws Exception {
        return answer.get(60, TimeUnit.SECONDS);
    }

    /** Counts letters: alike texts are near. */
    private static float[] letters(String text) {
        float[] counts = new float[LETTERS];
        text.chars().filter(c -> c >= 'a' && c <= 'z').forEach(c -> counts[c - 'a']++);
        return counts;
    }

    @Test
    void qdrantsOwn() throws Exception {
        try (QdrantClient client = client(key("own"))) {
            get(client.createCollectionAsync(
                    "letters",
                    VectorParams.newBuilder()
                            .setSize(LETTERS)
                            .setDistance(Distance.Cosine)
                            .build()));
            get(client.upsertAsync("letters", List.of(point(1, "quick fox"), point(2, "lazy dog"), point(3, "dog"))));
            assertEquals(
                    PointIdFactory.id(3),
                    get(client.queryAsync(QueryPoints.newBuilder()
                                    .setCollectionName("letters")
                                    .setQuery(QueryFactory.nearest(letters("dog")))
                                    .setFilter(
                                            Filter.newBuilder().addMust(ConditionFactory.matchKeyword("text", "dog")))
                                    .build()))
                            .getFirst()
                            .getId());
            get(client.setPayloadAsync(
                    "letters", Map.of("seen", ValueFactory.value(true)), PointIdFactory.id(1), true, null, null));
            get(client.deleteAsync("letters", List.of(PointIdFactory.id(2))));
            assertEquals(2, get(client.countAsync("letters")));
            assertThrows(ExecutionException.class, () -> get(client.countAsync("others")));
        }
    }

    private static PointStruct point(int id, String text) {
        return PointStruct.newBuilder()
                .setId(PointIdFactory.id(id))
                .setVectors(VectorsFactory.vectors(letters(text)))
                .putPayload("text", ValueFactory.value(text))
                .build();
    }

    @Test
    void langChain4j() throws Exception {
        String key = key("langchain4j");
        try (QdrantClient client = client(key)) {
            get(client.createCollectionAsync(
                    "letters",
                    VectorParams.newBuilder()
                            .setSize(LETTERS)
                            .setDistance(Distance.Cosine)
                            .build()));
            QdrantEmbeddingStore store = QdrantEmbeddingStore.builder()
                    .client(client)
                    .collectionName("letters")
                    .build();
            List<String> ids = new ArrayList<>();
            for (String text : List.of("quick fox", "lazy dog", "dog")) {
                ids.add(store.add(
                        Embedding.from(letters(text)),
                        TextSegment.from(text, new Metadata().put("length", text.length()))));
            }
            List<EmbeddingMatch<TextSegment>> found = store.search(EmbeddingSearchRequest.builder()
                            .queryEmbedding(Embedding.from(letters("dog")))
                            .maxResults(2)
                            .filter(MetadataFilterBuilder.metadataKey("length").isGreaterThan(4))
                            .build())
                    .matches();
            assertEquals(
                    List.of("lazy dog", "quick fox"),
                    found.stream().map(match -> match.embedded().text()).toList());
            store.remove(ids.getFirst());
            // LangChain4j does not wait for what it deletes; a later write that waits has it behind it
            get(client.deleteAsync("letters", List.of(PointIdFactory.id(1))));
            assertEquals(2, get(client.countAsync("letters")));
        }
    }

    @Test
    void springAi() throws Exception {
        try (QdrantClient client = client(key("springai"))) {
            QdrantVectorStore store = QdrantVectorStore.builder(client, new LetterModel())
                    .collectionName("letters")
                    .initializeSchema(true)
                    .build();
            store.afterPropertiesSet();
            List<Document> documents = List.of(
                    new Document("quick fox", Map.of("animal", "fox")),
                    new Document("lazy dog", Map.of("animal", "dog")),
                    new Document("dog", Map.of("animal", "dog")));
            store.add(documents);
            List<Document> found = store.similaritySearch(SearchRequest.builder()
                    .query("dog")
                    .topK(3)
                    .filterExpression("animal == 'dog'")
                    .build());
            assertEquals(
                    List.of("dog", "lazy dog"),
                    found.stream().map(Document::getText).toList());
            store.delete(List.of(documents.getFirst().getId()));
            assertEquals(2, get(client.countAsync("letters")));
        }
    }

    private static final class LetterModel implements EmbeddingModel {
        @Override
        public EmbeddingResponse call(EmbeddingRequest request) {
            List<org.springframework.ai.embedding.Embedding> embeddings = new ArrayList<>();
            for (int i = 0; i < request.getInstructions().size(); i++) {
                embeddings.add(new org.springframework.ai.embedding.Embedding(
                        letters(request.getInstructions().get(i)), i));
            }
            return new EmbeddingResponse(embeddings);
        }

        @Override
        public float[] embed(Document document) {
            return letters(String.valueOf(document.getText()));
        }

        @Override
        public int dimensions() {
            return LETTERS;
        }
    }
}
