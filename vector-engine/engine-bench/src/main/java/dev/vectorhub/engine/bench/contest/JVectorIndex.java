package dev.vectorhub.engine.bench.contest;

import dev.vectorhub.engine.bench.data.DataSet;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** JVector with binary32 vectors and its graph on the heap, hierarchy on. */
final class JVectorIndex implements Index {
    private static final VectorTypeSupport VECTORS =
            VectorizationProvider.getInstance().getVectorTypeSupport();
    /** JVector's own recommendations. */
    private static final float NEIGHBOUR_OVERFLOW = 1.2f;

    private static final float ALPHA = 1.2f;

    private final DataSet set;
    private final VectorSimilarityFunction similarity;
    private @Nullable ListRandomAccessVectorValues rows;
    private @Nullable GraphSearcher searcher;

    JVectorIndex(DataSet set) {
        this.set = set;
        this.similarity = switch (set.metric()) {
            case L2 -> VectorSimilarityFunction.EUCLIDEAN;
            case COSINE, DOT -> VectorSimilarityFunction.DOT_PRODUCT;
        };
    }

    @Override
    public void build(int m, int efConstruct) throws IOException {
        DataSet.Vectors vectors = set.vectors();
        List<VectorFloat<?>> list = new ArrayList<>(set.base());
        for (int row = 0; row < set.base(); row++) {
            list.add(VECTORS.createFloatVector(vectors.base(row)));
        }
        ListRandomAccessVectorValues values = new ListRandomAccessVectorValues(list, set.dimensions());
        ImmutableGraphIndex graph;
        // Its degree is that of the lowest level, which HNSW gives twice as many links.
        try (GraphIndexBuilder builder = new GraphIndexBuilder(
                BuildScoreProvider.randomAccessScoreProvider(values, similarity),
                set.dimensions(),
                2 * m,
                efConstruct,
                NEIGHBOUR_OVERFLOW,
                ALPHA,
                true)) {
            graph = builder.build(values);
        }
        rows = values;
        searcher = new GraphSearcher(graph);
    }

    @Override
    public void search(float[] query, int ef, int k, int[] found, int at) {
        SearchResult.NodeScore[] hits = Objects.requireNonNull(searcher, "not built")
                .search(
                        DefaultSearchScoreProvider.exact(
                                VECTORS.createFloatVector(query), similarity, Objects.requireNonNull(rows)),
                        k,
                        ef,
                        0,
                        0,
                        Bits.ALL)
                .getNodes();
        for (int i = 0; i < hits.length; i++) {
            found[at + i] = hits[i].node;
        }
    }

    @Override
    public long diskBytes() {
        return 0;
    }

    @Override
    public void close() throws IOException {
        if (searcher != null) {
            searcher.close();
        }
    }
}
