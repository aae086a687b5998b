package dev.vectorhub.api.grpc.form;

import com.google.protobuf.ByteString;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.qdrant.WriteOutcome;
import dev.vectorhub.api.qdrant.reply.Hardware;
import dev.vectorhub.api.qdrant.search.SearchOperations;
import dev.vectorhub.engine.wire.v1.NamedVector;
import dev.vectorhub.inference.TextEmbedder;
import io.qdrant.client.grpc.Points.BatchResult;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.FacetHit;
import io.qdrant.client.grpc.Points.FacetValue;
import io.qdrant.client.grpc.Points.GroupId;
import io.qdrant.client.grpc.Points.GroupsResult;
import io.qdrant.client.grpc.Points.HardwareUsage;
import io.qdrant.client.grpc.Points.InferenceUsage;
import io.qdrant.client.grpc.Points.ModelUsage;
import io.qdrant.client.grpc.Points.MultiDenseVector;
import io.qdrant.client.grpc.Points.NamedVectorsOutput;
import io.qdrant.client.grpc.Points.OrderValue;
import io.qdrant.client.grpc.Points.PointGroup;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.SparseIndices;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.Usage;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.VectorsOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Points and outcomes as messages. */
public final class Answers {

    private Answers() {}

    public static ScoredPoint scored(dev.vectorhub.engine.wire.v1.ScoredPoint point, boolean withVector) {
        ScoredPoint.Builder answer = ScoredPoint.newBuilder()
                .setId(Ids.answer(point.getId()))
                .setScore(point.getScore())
                .setVersion(point.getVersion());
        Values.read(point.getPayload(), answer::putPayload);
        if (withVector) {
            answer.setVectors(vectors(point.getVectorsList()));
        }
        if (point.hasOrderValue()) {
            answer.setOrderValue(order(point.getOrderValue()));
        }
        return answer.build();
    }

    public static List<ScoredPoint> scored(List<dev.vectorhub.engine.wire.v1.ScoredPoint> points, boolean withVector) {
        List<ScoredPoint> answers = new ArrayList<>(points.size());
        for (var point : points) {
            answers.add(scored(point, withVector));
        }
        return answers;
    }

    public static BatchResult batch(List<dev.vectorhub.engine.wire.v1.ScoredPoint> points, boolean withVector) {
        return BatchResult.newBuilder().addAllResult(scored(points, withVector)).build();
    }

    public static RetrievedPoint retrieved(dev.vectorhub.engine.wire.v1.Point point, boolean withVector) {
        RetrievedPoint.Builder answer = RetrievedPoint.newBuilder().setId(Ids.answer(point.getId()));
        Values.read(point.getPayload(), answer::putPayload);
        if (withVector) {
            answer.setVectors(vectors(point.getVectorsList()));
        }
        return answer.build();
    }

    /** What orders a point. */
    public static OrderValue order(dev.vectorhub.engine.wire.v1.OrderValue value) {
        return value.hasNumber()
                ? OrderValue.newBuilder().setFloat(value.getNumber()).build()
                : OrderValue.newBuilder().setInt(value.getInteger()).build();
    }

    /** A value of a field and its number of points. */
    public static FacetHit facet(dev.vectorhub.engine.wire.v1.FacetHit hit) {
        FacetValue.Builder value = FacetValue.newBuilder();
        switch (hit.getValueCase()) {
            case KEYWORD -> value.setStringValue(hit.getKeyword());
            case INTEGER -> value.setIntegerValue(hit.getInteger());
            case BOOLEAN -> value.setBoolValue(hit.getBoolean());
            case VALUE_NOT_SET -> {}
        }
        return FacetHit.newBuilder().setValue(value).setCount(hit.getCount()).build();
    }

    private static VectorsOutput vectors(List<NamedVector> vectors) {
        if (vectors.size() == 1 && vectors.getFirst().getName().isEmpty()) {
            return VectorsOutput.newBuilder()
                    .setVector(vector(vectors.getFirst()))
                    .build();
        }
        NamedVectorsOutput.Builder named = NamedVectorsOutput.newBuilder();
        for (NamedVector vector : vectors) {
            named.putVectors(vector.getName(), vector(vector));
        }
        return VectorsOutput.newBuilder().setVectors(named).build();
    }

    /** In both places, as clients from before the choice look at the numbers in front of it. */
    @SuppressWarnings("deprecation")
    private static VectorOutput vector(NamedVector vector) {
        VectorOutput.Builder output = VectorOutput.newBuilder();
        switch (vector.getVectorCase()) {
            case MULTI -> {
                ByteBuffer from = numbers(vector.getMulti().getF32());
                int rows = vector.getMulti().getRows();
                int size = from.remaining() / Float.BYTES / rows;
                MultiDenseVector.Builder multi = MultiDenseVector.newBuilder();
                for (int row = 0; row < rows; row++) {
                    DenseVector.Builder dense = DenseVector.newBuilder();
                    for (int i = 0; i < size; i++) {
                        float component = from.getFloat();
                        dense.addData(component);
                        output.addData(component);
                    }
                    multi.addVectors(dense);
                }
                output.setVectorsCount(rows).setMultiDense(multi);
            }
            case SPARSE -> {
                ByteBuffer indices = numbers(vector.getSparse().getIndices());
                ByteBuffer values = numbers(vector.getSparse().getValues());
                SparseVector.Builder sparse = SparseVector.newBuilder();
                while (indices.hasRemaining()) {
                    float value = values.getFloat();
                    sparse.addIndices(indices.getInt()).addValues(value);
                    output.addData(value);
                }
                output.setIndices(SparseIndices.newBuilder().addAllData(sparse.getIndicesList()))
                        .setSparse(sparse);
            }
            case F32, VECTOR_NOT_SET -> {
                ByteBuffer from = numbers(vector.getF32());
                DenseVector.Builder dense = DenseVector.newBuilder();
                while (from.hasRemaining()) {
                    float component = from.getFloat();
                    dense.addData(component);
                    output.addData(component);
                }
                output.setDense(dense);
            }
        }
        return output.build();
    }

    private static ByteBuffer numbers(ByteString bytes) {
        return bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Groups with their hits and what was looked up for them. */
    public static GroupsResult groups(SearchOperations.Groups found) {
        GroupsResult.Builder groups = GroupsResult.newBuilder();
        for (int i = 0; i < found.groups().size(); i++) {
            var group = found.groups().get(i);
            GroupId.Builder id = GroupId.newBuilder();
            if (group.hasText()) {
                id.setStringValue(group.getText());
            } else if (group.getInteger() < 0) {
                id.setIntegerValue(group.getInteger());
            } else {
                id.setUnsignedValue(group.getInteger());
            }
            PointGroup.Builder answer =
                    PointGroup.newBuilder().setId(id).addAllHits(scored(group.getPointsList(), found.withVector()));
            var lookup = found.lookups().get(i);
            if (lookup != null) {
                answer.setLookup(retrieved(lookup, found.lookupVector()));
            }
            groups.addGroups(answer);
        }
        return groups.build();
    }

    public static UpdateResult outcome(WriteOutcome outcome) {
        UpdateResult.Builder result = UpdateResult.newBuilder()
                .setStatus(
                        switch (outcome.status()) {
                            case "acknowledged" -> UpdateStatus.Acknowledged;
                            case "completed" -> UpdateStatus.Completed;
                            case "wait_timeout" -> UpdateStatus.WaitTimeout;
                            default -> UpdateStatus.UnknownUpdateStatus;
                        });
        if (outcome.operationId() >= 0) {
            result.setOperationId(outcome.operationId());
        }
        return result.build();
    }

    public static Usage usage(TenantCall call, Hardware used) {
        Usage.Builder usage = Usage.newBuilder()
                .setHardware(HardwareUsage.newBuilder()
                        .setCpu(used.cpu())
                        .setPayloadIoRead(used.payloadRead())
                        .setPayloadIoWrite(used.payloadWritten())
                        .setVectorIoRead(used.vectorRead())
                        .setVectorIoWrite(used.vectorWritten()));
        if (call.inferenceTokens() > 0) {
            ModelUsage tokens =
                    ModelUsage.newBuilder().setTokens(call.inferenceTokens()).build();
            usage.setInference(InferenceUsage.newBuilder().putModels(TextEmbedder.MODEL, tokens));
        }
        return usage.build();
    }
}
