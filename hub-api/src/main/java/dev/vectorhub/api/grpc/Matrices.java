package dev.vectorhub.api.grpc;

import dev.vectorhub.api.grpc.form.Answers;
import dev.vectorhub.api.grpc.form.Ids;
import dev.vectorhub.api.grpc.form.Reads;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.qdrant.reply.Answered;
import dev.vectorhub.api.qdrant.search.MatrixOperations;
import dev.vectorhub.api.qdrant.search.MatrixOperations.Matrix;
import dev.vectorhub.engine.wire.v1.PointId;
import dev.vectorhub.engine.wire.v1.ScoredPoint;
import io.qdrant.client.grpc.Points.SearchMatrixOffsets;
import io.qdrant.client.grpc.Points.SearchMatrixOffsetsResponse;
import io.qdrant.client.grpc.Points.SearchMatrixPair;
import io.qdrant.client.grpc.Points.SearchMatrixPairs;
import io.qdrant.client.grpc.Points.SearchMatrixPairsResponse;
import io.qdrant.client.grpc.Points.SearchMatrixPoints;
import io.qdrant.client.grpc.PointsGrpc;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/** The methods of {@code qdrant.Points} that compare a sample with itself. */
@Singleton
class Matrices {

    private final MatrixOperations matrices;

    @Inject
    Matrices(MatrixOperations matrices) {
        this.matrices = matrices;
    }

    Front.Service bind(Front.Service service) {
        return service.on(
                        PointsGrpc.getSearchMatrixPairsMethod(),
                        "points.matrixPairs",
                        SearchMatrixPoints::getCollectionName,
                        this::pairs)
                .on(
                        PointsGrpc.getSearchMatrixOffsetsMethod(),
                        "points.matrixOffsets",
                        SearchMatrixPoints::getCollectionName,
                        this::offsets);
    }

    private SearchMatrixPairsResponse pairs(TenantCall call, SearchMatrixPoints request) {
        Answered<Matrix> found = matrices.matrix(call, request.getCollectionName(), Reads.of(request));
        Matrix matrix = found.result();
        SearchMatrixPairs.Builder pairs = SearchMatrixPairs.newBuilder();
        for (int i = 0; i < matrix.ids().size(); i++) {
            for (ScoredPoint other : matrix.nearest().get(i)) {
                pairs.addPairs(SearchMatrixPair.newBuilder()
                        .setA(Ids.answer(matrix.ids().get(i)))
                        .setB(Ids.answer(other.getId()))
                        .setScore(other.getScore()));
            }
        }
        return SearchMatrixPairsResponse.newBuilder()
                .setResult(pairs)
                .setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, found.used()))
                .build();
    }

    private SearchMatrixOffsetsResponse offsets(TenantCall call, SearchMatrixPoints request) {
        Answered<Matrix> found = matrices.matrix(call, request.getCollectionName(), Reads.of(request));
        Matrix matrix = found.result();
        SearchMatrixOffsets.Builder offsets = SearchMatrixOffsets.newBuilder();
        Map<PointId, Integer> places = new HashMap<>();
        for (PointId id : matrix.ids()) {
            places.put(id, places.size());
            offsets.addIds(Ids.answer(id));
        }
        for (int row = 0; row < matrix.ids().size(); row++) {
            for (ScoredPoint other : matrix.nearest().get(row)) {
                offsets.addOffsetsRow(row)
                        .addOffsetsCol(places.getOrDefault(other.getId(), 0))
                        .addScores(other.getScore());
            }
        }
        return SearchMatrixOffsetsResponse.newBuilder()
                .setResult(offsets)
                .setTime(call.arrival().elapsedSeconds())
                .setUsage(Answers.usage(call, found.used()))
                .build();
    }
}
