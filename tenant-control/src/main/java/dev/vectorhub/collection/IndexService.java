package dev.vectorhub.collection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.HnswParams;
import dev.vectorhub.engine.wire.v1.UpdateCollection;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.tenant.TenantId;
import jakarta.inject.Singleton;
import java.util.function.UnaryOperator;

/**
 * Shows and changes what a collection's graphs are built and searched with. A change holds for graphs that are built from now
 * on, and its breadth of a search at once; the collection shows it in Qdrant's form too.
 */
@Singleton
public class IndexService {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CollectionService collections;

    public IndexService(CollectionService collections) {
        this.collections = collections;
    }

    /**
     * How the collection's graphs are built and searched.
     *
     * @throws dev.vectorhub.problem.ProblemException {@code not-found}
     */
    public HnswSettings get(TenantId tenant, String collection) {
        return settings(collections.get(tenant, collection));
    }

    /**
     * Changes that.
     *
     * @throws dev.vectorhub.problem.ProblemException {@code not-found}
     */
    public HnswSettings change(TenantId tenant, String collection, UnaryOperator<HnswSettings> change) {
        return settings(
                collections.change(tenant, collection, current -> change(current, change.apply(settings(current)))));
    }

    private static HnswSettings settings(CollectionHandle collection) {
        HnswParams hnsw = collection.spec().getHnsw();
        return new HnswSettings(hnsw.getM(), hnsw.getEfConstruct(), hnsw.getEfSearch());
    }

    private static CollectionChange change(CollectionHandle current, HnswSettings wanted) {
        HnswParams before = current.spec().getHnsw();
        if ((before.getM() > 0 && wanted.m() == 0) || (before.getEfConstruct() > 0 && wanted.efConstruct() == 0)) {
            // the engine keeps what it has where a command names nothing
            throw ProblemException.validation(
                    wanted.m() == 0 ? "m" : "efConstruct", "was set once and must be 1 or more");
        }
        HnswParams hnsw = before.toBuilder()
                .setM(wanted.m())
                .setEfConstruct(wanted.efConstruct())
                .setEfSearch(wanted.efSearch())
                .build();
        return new CollectionChange(
                Command.newBuilder()
                        .setUpdateCollection(UpdateCollection.newBuilder().setHnsw(hnsw))
                        .build(),
                current.spec().toBuilder().setHnsw(hnsw).build(),
                shown(current.configJson(), wanted));
    }

    private static String shown(String configJson, HnswSettings wanted) {
        try {
            JsonNode config = JSON.readTree(configJson);
            ObjectNode hnsw = ((ObjectNode) config).withObject("/hnsw_config");
            if (wanted.m() > 0) {
                hnsw.put("m", wanted.m());
            }
            if (wanted.efConstruct() > 0) {
                hnsw.put("ef_construct", wanted.efConstruct());
            }
            return JSON.writeValueAsString(config);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored configuration is no JSON", e);
        }
    }
}
