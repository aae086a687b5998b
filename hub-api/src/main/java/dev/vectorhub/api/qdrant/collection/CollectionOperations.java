package dev.vectorhub.api.qdrant.collection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.qdrant.QueryParams;
import dev.vectorhub.api.qdrant.Target;
import dev.vectorhub.api.qdrant.TenantEngine;
import dev.vectorhub.api.qdrant.UnseenRefusals;
import dev.vectorhub.api.qdrant.WriteOutcome;
import dev.vectorhub.collection.Alias;
import dev.vectorhub.collection.AliasAction;
import dev.vectorhub.collection.AliasService;
import dev.vectorhub.collection.CollectionChange;
import dev.vectorhub.collection.CollectionHandle;
import dev.vectorhub.collection.CollectionService;
import dev.vectorhub.engine.wire.v1.CollectionInfo;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.DeleteFieldIndex;
import dev.vectorhub.problem.FieldError;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The tenant's own collections, by the names that it gave them; the same for every transport. */
@Singleton
public class CollectionOperations {

    private final CollectionService collections;
    private final AliasService aliases;
    private final TenantEngine engine;
    private final CollectionInfoWriter infos;
    private final UnseenRefusals refusals;

    @Inject
    CollectionOperations(
            CollectionService collections,
            AliasService aliases,
            TenantEngine engine,
            UnseenRefusals refusals,
            @ConfigProperty(name = "index.hnsw.m", defaultValue = "16") int m,
            @ConfigProperty(name = "index.hnsw.ef_construction", defaultValue = "200") int efConstruct) {
        this.collections = collections;
        this.aliases = aliases;
        this.engine = engine;
        this.refusals = refusals;
        this.infos = new CollectionInfoWriter(m, efConstruct);
    }

    public List<CollectionHandle> list(TenantCall call) {
        return collections.list(call.scope());
    }

    public boolean exists(TenantCall call, String name) {
        return collections.find(call.scope(), name).isPresent();
    }

    /** What {@code GET /collections/{name}} shows. */
    public ObjectNode info(TenantCall call, String name) {
        Target target = engine.target(call, name);
        ObjectNode info = infos.info(engine.info(target), target.collection().configJson());
        List<String> warnings = refusals.of(target.collection().id());
        if (!warnings.isEmpty()) {
            ArrayNode shown = info.putArray("warnings");
            for (String warning : warnings) {
                shown.addObject().put("message", warning);
            }
        }
        return info;
    }

    /** What the engine reports of it. */
    CollectionInfo state(TenantCall call, String name) {
        return engine.info(engine.target(call, name));
    }

    public void create(TenantCall call, String name, byte[] body) {
        CollectionDraft draft = CollectionDraft.create(body);
        try {
            collections.create(call.scope(), name, draft.spec(), draft.configJson());
        } catch (ProblemException problem) {
            throw inQdrantsWords(problem);
        }
    }

    public void changeAliases(TenantCall call, byte[] body) {
        List<AliasAction> actions = AliasReader.read(body);
        try {
            aliases.change(call.scope(), actions);
        } catch (ProblemException problem) {
            if (problem.type() == ProblemType.NOT_FOUND) {
                throw new TenantApiException(404, "Not found: " + problem.getMessage());
            }
            throw inQdrantsWords(problem);
        }
    }

    public List<Alias> aliases(TenantCall call) {
        return aliases.list(call.scope());
    }

    public List<Alias> aliases(TenantCall call, String name) {
        String collection = engine.target(call, name).collection().name();
        return aliases.list(call.scope()).stream()
                .filter(alias -> alias.collection().equals(collection))
                .toList();
    }

    /** A name in use and a name that is none have sentences of Qdrant's; quotas are problems of ours. */
    private static RuntimeException inQdrantsWords(ProblemException problem) {
        return switch (problem.type()) {
            case CONFLICT -> new TenantApiException(409, "Wrong input: " + problem.getMessage());
            case VALIDATION_FAILED -> {
                String message = String.valueOf(problem.getMessage());
                if (problem.members().get("errors") instanceof List<?> errors
                        && errors.size() == 1
                        && errors.getFirst() instanceof FieldError error) {
                    message = error.field() + ": " + error.message();
                }
                yield new TenantApiException(422, "Validation error in path parameters: [" + message + "]");
            }
            default -> problem;
        };
    }

    public void update(TenantCall call, String name, byte[] body) {
        change(call, name, draft -> draft.update(body));
    }

    /** Adds a vector to a collection that may have points, which lack it. */
    public WriteOutcome addVector(TenantCall call, String name, String vector, byte[] body) {
        change(call, name, draft -> VectorChange.add(draft, vector, body));
        return WriteOutcome.DONE;
    }

    /** Takes a vector from a collection and its points. */
    public WriteOutcome removeVector(TenantCall call, String name, String vector) {
        change(call, name, draft -> VectorChange.remove(draft, vector));
        return WriteOutcome.DONE;
    }

    private void change(TenantCall call, String name, UnaryOperator<CollectionDraft> change) {
        // for a name that is none there is an answer of Qdrant's
        engine.target(call, name);
        collections.change(call.scope(), name, current -> {
            CollectionDraft after = change.apply(CollectionDraft.of(current));
            return new CollectionChange(after.command(), after.spec(), after.configJson());
        });
    }

    /** False where there is none. */
    public boolean delete(TenantCall call, String name) {
        return collections.delete(call.scope(), name);
    }

    public WriteOutcome createIndex(TenantCall call, String name, QueryParams.Write params, byte[] body) {
        Target target = engine.target(call, name);
        Command.Builder command = Command.newBuilder().setCreateFieldIndex(FieldIndexReader.read(body));
        return engine.write(call, target, command, params);
    }

    public WriteOutcome deleteIndex(TenantCall call, String name, QueryParams.Write params, String field) {
        Target target = engine.target(call, name);
        if (field.isEmpty()) {
            throw new TenantApiException(422, "Validation error in path parameters: [field_name: must not be empty]");
        }
        Command.Builder command = Command.newBuilder()
                .setDeleteFieldIndex(DeleteFieldIndex.newBuilder().setKey(field));
        return engine.write(call, target, command, params);
    }
}
