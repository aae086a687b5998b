package dev.vectorhub.engine.bench.work;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.Truth;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.node.codec.ModelCodec;
import dev.vectorhub.engine.node.codec.VectorCodec;
import dev.vectorhub.engine.wire.v1.CollectionRef;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CreateCollection;
import dev.vectorhub.engine.wire.v1.Distance;
import dev.vectorhub.engine.wire.v1.DropCollection;
import dev.vectorhub.engine.wire.v1.PlaceTenant;
import dev.vectorhub.engine.wire.v1.SearchQuery;
import dev.vectorhub.engine.wire.v1.SearchRequest;
import dev.vectorhub.engine.wire.v1.UpsertPoints;
import dev.vectorhub.engine.wire.v1.VectorParams;

/** What a gateway would send for one tenant with one collection. */
record WireLoad(int number, DataSet set, DataSet.Vectors vectors) {

    private ByteString tenant() {
        return ModelCodec.uuid(TenantPoints.tenant(number));
    }

    private ByteString collection() {
        return ModelCodec.uuid(TenantPoints.collection(number));
    }

    Command place() {
        return Command.newBuilder()
                .setTenant(tenant())
                .setPlaceTenant(PlaceTenant.newBuilder()
                        .setGeneration(1)
                        .setCommandId(ModelCodec.uuid(TenantPoints.collection(number))))
                .build();
    }

    Command create() {
        return Command.newBuilder()
                .setTenant(tenant())
                .setCollection(collection())
                .setCreateCollection(CreateCollection.newBuilder()
                        .setSpec(CollectionSpec.newBuilder()
                                .addVectors(VectorParams.newBuilder()
                                        .setSize(set.dimensions())
                                        .setDistance(Distance.COSINE))))
                .build();
    }

    Command drop() {
        return Command.newBuilder()
                .setTenant(tenant())
                .setCollection(collection())
                .setDropCollection(DropCollection.getDefaultInstance())
                .build();
    }

    /** Points with ids from {@code first} on, and vectors of the rows of these numbers. */
    Command upsert(int first, int count) {
        UpsertPoints.Builder points = UpsertPoints.newBuilder();
        for (int id = first; id < first + count; id++) {
            points.addPoints(ModelCodec.point(PointRecord.of(PointId.of(id), vectors.base(id % set.base()))));
        }
        return Command.newBuilder()
                .setTenant(tenant())
                .setCollection(collection())
                .setUpsert(points)
                .build();
    }

    SearchRequest search(int query) {
        return SearchRequest.newBuilder()
                .setCollection(reference())
                .addQueries(SearchQuery.newBuilder()
                        .setF32(VectorCodec.floats(vectors.query(query % DataSet.QUERIES)))
                        .setLimit(Truth.K))
                .build();
    }

    CollectionRef reference() {
        return CollectionRef.newBuilder()
                .setTenant(tenant())
                .setCollection(collection())
                .build();
    }
}
