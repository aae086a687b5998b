package dev.vectorhub.engine.node;

import com.google.protobuf.ByteString;
import dev.vectorhub.engine.node.codec.ModelCodec;
import dev.vectorhub.engine.node.codec.VectorCodec;
import dev.vectorhub.engine.wire.v1.Ceilings;
import dev.vectorhub.engine.wire.v1.CollectionRef;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CreateCollection;
import dev.vectorhub.engine.wire.v1.DeletePoints;
import dev.vectorhub.engine.wire.v1.Distance;
import dev.vectorhub.engine.wire.v1.IsolationMode;
import dev.vectorhub.engine.wire.v1.NamedVector;
import dev.vectorhub.engine.wire.v1.PayloadSelector;
import dev.vectorhub.engine.wire.v1.PlaceTenant;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.PointId;
import dev.vectorhub.engine.wire.v1.PointIds;
import dev.vectorhub.engine.wire.v1.RetrieveRequest;
import dev.vectorhub.engine.wire.v1.Selector;
import dev.vectorhub.engine.wire.v1.SetPayload;
import dev.vectorhub.engine.wire.v1.UpsertPoints;
import dev.vectorhub.engine.wire.v1.VectorParams;
import dev.vectorhub.engine.wire.v1.VectorSelector;
import java.util.List;
import java.util.UUID;

/** Messages for tests, for one tenant and one collection. */
record Wire(ByteString tenant, ByteString collection, int size) {

    static Wire of(long number, int size) {
        return new Wire(
                ModelCodec.uuid(new UUID(0x0190a5d07e5b7000L, number)),
                ModelCodec.uuid(new UUID(0x0190a5d07e5b7001L, number)),
                size);
    }

    Command place(long generation, IsolationMode mode) {
        return Command.newBuilder()
                .setTenant(tenant)
                .setPlaceTenant(PlaceTenant.newBuilder()
                        .setGeneration(generation)
                        .setCommandId(ModelCodec.uuid(new UUID(7, generation)))
                        .setIsolation(mode))
                .build();
    }

    Command create(Distance distance) {
        var spec = CollectionSpec.newBuilder()
                .addVectors(VectorParams.newBuilder().setSize(size).setDistance(distance));
        return command()
                .setCreateCollection(CreateCollection.newBuilder().setSpec(spec))
                .build();
    }

    Command upsert(Point... points) {
        return upsert(List.of(points), 0, 0);
    }

    Command upsert(List<Point> points, long pointsMax, long bytesMax) {
        return command()
                .setCeilings(
                        Ceilings.newBuilder().setPointsPerCollection(pointsMax).setTenantBytes(bytesMax))
                .setUpsert(UpsertPoints.newBuilder().addAllPoints(points))
                .build();
    }

    Command delete(long... ids) {
        var list = PointIds.newBuilder();
        for (long id : ids) {
            list.addIds(id(id));
        }
        return command()
                .setDeletePoints(DeletePoints.newBuilder()
                        .setSelector(Selector.newBuilder().setIds(list)))
                .build();
    }

    Command setPayload(long id, String payload) {
        return command()
                .setSetPayload(SetPayload.newBuilder()
                        .setSelector(Selector.newBuilder()
                                .setIds(PointIds.newBuilder().addIds(id(id))))
                        .setPayload(ByteString.copyFromUtf8(payload))
                        .setOverwrite(true))
                .build();
    }

    Command.Builder command() {
        return Command.newBuilder().setTenant(tenant).setCollection(collection);
    }

    CollectionRef ref() {
        return CollectionRef.newBuilder()
                .setTenant(tenant)
                .setCollection(collection)
                .build();
    }

    RetrieveRequest retrieve(long... ids) {
        var request = RetrieveRequest.newBuilder()
                .setCollection(ref())
                .setWithPayload(PayloadSelector.newBuilder().setEnabled(true))
                .setWithVector(VectorSelector.newBuilder().setEnabled(true));
        for (long id : ids) {
            request.addIds(id(id));
        }
        return request.build();
    }

    /** A point whose vector and payload follow from its id and a version. */
    Point point(long id, int version) {
        return Point.newBuilder()
                .setId(id(id))
                .addVectors(NamedVector.newBuilder().setF32(VectorCodec.floats(vector(id, version))))
                .setPayload(ByteString.copyFromUtf8(payload(id, version)))
                .build();
    }

    static String payload(long id, int version) {
        return "{\"id\":" + id + ",\"version\":" + version + "}";
    }

    float[] vector(long id, int version) {
        float[] components = new float[size];
        long bits = id * 31 + version;
        for (int i = 0; i < size; i++) {
            bits = bits * 6364136223846793005L + 1442695040888963407L;
            components[i] = (bits >>> 40) / (float) (1 << 24) + 0.01f;
        }
        return components;
    }

    static PointId id(long id) {
        return PointId.newBuilder().setNum(id).build();
    }
}
