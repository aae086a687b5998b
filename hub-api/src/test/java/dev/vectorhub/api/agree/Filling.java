package dev.vectorhub.api.agree;

import dev.vectorhub.api.grpc.form.Writes;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.MultiVectorComparator;
import io.qdrant.client.grpc.Collections.MultiVectorConfig;
import io.qdrant.client.grpc.Collections.PayloadIndexParams;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.TextIndexParams;
import io.qdrant.client.grpc.Collections.TokenizerType;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsUpdateOperation;
import io.qdrant.client.grpc.Points.UpdateBatchPoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Collections of random points. */
final class Filling {

    static final String LOOKUPS = "lookups";

    private final Asked hub;

    Filling(Asked hub) {
        this.hub = hub;
    }

    /** What groups stand for. */
    void lookups() throws Exception {
        hub.done(hub.grpc()
                .createCollectionAsync(
                        LOOKUPS,
                        VectorParams.newBuilder()
                                .setSize(1)
                                .setDistance(Distance.Dot)
                                .build()));
        List<PointStruct> points = new ArrayList<>();
        for (int g = 0; g < Doc.GROUPS; g++) {
            points.add(PointStruct.newBuilder()
                    .setId(PointIdFactory.id(g))
                    .setVectors(VectorsFactory.vectors(List.of(1f)))
                    .putPayload("title", ValueFactory.value("group " + g))
                    .build());
        }
        hub.done(hub.grpc().upsertAsync(LOOKUPS, points));
    }

    /** With points that were there before and are other ones now, and some that are no more; indexes for some fields. */
    List<Doc> fill(String collection, List<Space> spaces, Random random) throws Exception {
        create(collection, spaces);
        index(collection, "n", PayloadSchemaType.Float, null);
        index(collection, "tags", PayloadSchemaType.Integer, null);
        index(
                collection,
                "note",
                PayloadSchemaType.Text,
                PayloadIndexParams.newBuilder()
                        .setTextIndexParams(TextIndexParams.newBuilder()
                                .setTokenizer(TokenizerType.Word)
                                .setLowercase(true)
                                .setPhraseMatching(true))
                        .build());
        if (random.nextBoolean()) {
            index(collection, "g", PayloadSchemaType.Integer, null);
            index(collection, "place", PayloadSchemaType.Geo, null);
            index(collection, "when", PayloadSchemaType.Datetime, null);
            index(collection, "items[].kind", PayloadSchemaType.Integer, null);
        }
        int count = 60 + random.nextInt(200);
        List<Doc> before = Doc.some(count, spaces, random);
        upsert(collection, before, spaces, random);
        List<Doc> docs = new ArrayList<>(Doc.some(count - 20, spaces, random));
        upsert(collection, docs, spaces, random);
        docs.addAll(before.subList(count - 20, count - 10));
        hub.done(hub.grpc()
                .deleteAsync(
                        collection,
                        before.subList(count - 10, count).stream()
                                .map(doc -> PointIdFactory.id(doc.id()))
                                .toList()));
        return docs;
    }

    /** Some points and no indexes. */
    List<Doc> plain(String collection, List<Space> spaces, Random random) throws Exception {
        create(collection, spaces);
        List<Doc> docs = Doc.some(20, spaces, random);
        upsert(collection, docs, spaces, random);
        return docs;
    }

    private void create(String collection, List<Space> spaces) throws Exception {
        VectorsConfig.Builder vectors = VectorsConfig.newBuilder();
        VectorParamsMap.Builder named = VectorParamsMap.newBuilder();
        SparseVectorConfig.Builder sparse = SparseVectorConfig.newBuilder();
        for (Space space : spaces) {
            VectorParams.Builder params = VectorParams.newBuilder()
                    .setSize(Space.DIMENSIONS)
                    .setDistance(space.distance())
                    .setDatatype(space.datatype());
            switch (space.kind()) {
                case SPARSE ->
                    sparse.putMap(
                            space.name(),
                            SparseVectorParams.newBuilder()
                                    .setModifier(space.idf() ? Modifier.Idf : Modifier.None)
                                    .build());
                case MULTI ->
                    named.putMap(
                            space.name(),
                            params.setMultivectorConfig(
                                            MultiVectorConfig.newBuilder().setComparator(MultiVectorComparator.MaxSim))
                                    .build());
                case DENSE -> {
                    if (space.name().isEmpty()) {
                        vectors.setParams(params);
                    } else {
                        named.putMap(space.name(), params.build());
                    }
                }
            }
        }
        if (named.getMapCount() > 0) {
            vectors.setParamsMap(named);
        }
        hub.done(hub.grpc()
                .createCollectionAsync(CreateCollection.newBuilder()
                        .setCollectionName(collection)
                        .setVectorsConfig(vectors)
                        .setSparseVectorsConfig(sparse)
                        .build()));
    }

    private void index(String collection, String field, PayloadSchemaType type, @Nullable PayloadIndexParams params)
            throws Exception {
        hub.done(hub.grpc().createPayloadIndexAsync(collection, field, type, params, true, null, null));
    }

    /** Over one transport or the other. */
    private void upsert(String collection, List<Doc> docs, List<Space> spaces, Random random) throws Exception {
        List<PointStruct> points = docs.stream().map(doc -> doc.point(spaces)).toList();
        if (random.nextBoolean()) {
            hub.done(hub.grpc().upsertAsync(collection, points));
        } else {
            UpdateBatchPoints batch = UpdateBatchPoints.newBuilder()
                    .addOperations(PointsUpdateOperation.newBuilder()
                            .setUpsert(PointsUpdateOperation.PointStructList.newBuilder()
                                    .addAllPoints(points)))
                    .build();
            hub.post(collection, "points/batch?wait=true", Writes.of(batch));
        }
    }
}
