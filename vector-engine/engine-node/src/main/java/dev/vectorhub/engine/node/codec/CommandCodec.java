package dev.vectorhub.engine.node.codec;

import static dev.vectorhub.engine.node.codec.ModelCodec.bound;
import static dev.vectorhub.engine.node.codec.ModelCodec.invalid;
import static dev.vectorhub.engine.node.codec.ModelCodec.path;
import static dev.vectorhub.engine.node.codec.ModelCodec.text;
import static dev.vectorhub.engine.node.codec.ModelCodec.uuid;

import dev.vectorhub.engine.core.Ceilings;
import dev.vectorhub.engine.core.HnswConfig;
import dev.vectorhub.engine.core.UpsertMode;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.VectorUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Commands. A pure function of the message: the same before the log and after it. */
public final class CommandCodec {
    private static final int KEYS_MAX = 10_000;

    private CommandCodec() {}

    /**
     * What a command of the log asks the store to do.
     *
     * @throws dev.vectorhub.engine.wire.EngineException INVALID_ARGUMENT, naming what does not fit
     */
    public static StoreCommand decode(Command command) {
        UUID tenant = uuid(command.getTenant(), "a tenant id");
        return switch (command.getOpCase()) {
            case PLACE_TENANT -> {
                var place = command.getPlaceTenant();
                yield new StoreCommand.PlaceTenant(
                        tenant,
                        place.getGeneration(),
                        uuid(place.getCommandId(), "a command id"),
                        ModelCodec.isolation(place.getIsolation()));
            }
            case DROP_TENANT -> {
                var drop = command.getDropTenant();
                yield new StoreCommand.DropTenant(
                        tenant, drop.getGeneration(), uuid(drop.getCommandId(), "a command id"));
            }
            case OP_NOT_SET -> throw invalid("the command has no operation");
            default -> decode(command, tenant, uuid(command.getCollection(), "a collection id"));
        };
    }

    private static StoreCommand decode(Command command, UUID tenant, UUID collection) {
        return switch (command.getOpCase()) {
            case CREATE_COLLECTION ->
                new StoreCommand.CreateCollection(
                        tenant,
                        collection,
                        ModelCodec.collection(command.getCreateCollection().getSpec()));
            case DROP_COLLECTION -> new StoreCommand.DropCollection(tenant, collection);
            case UPDATE_COLLECTION ->
                new StoreCommand.UpdateCollection(
                        tenant,
                        collection,
                        ModelCodec.hnsw(command.getUpdateCollection().getHnsw()),
                        updates(command.getUpdateCollection().getVectorsList()));
            case ADD_VECTOR ->
                new StoreCommand.AddVector(
                        tenant,
                        collection,
                        VectorCodec.config(command.getAddVector().getVector()));
            case REMOVE_VECTOR ->
                new StoreCommand.RemoveVector(
                        tenant, collection, text(command.getRemoveVector().getName(), "a vector's name"));
            case UPSERT ->
                new StoreCommand.Upsert(
                        tenant,
                        collection,
                        ModelCodec.points(command.getUpsert().getPointsList()),
                        mode(command.getUpsert().getMode()),
                        FilterCodec.optional(
                                command.getUpsert().hasCondition(),
                                command.getUpsert().getCondition()),
                        ceilings(command));
            case UPDATE_VECTORS ->
                new StoreCommand.UpdateVectors(
                        tenant,
                        collection,
                        ModelCodec.points(command.getUpdateVectors().getPointsList()),
                        FilterCodec.optional(
                                command.getUpdateVectors().hasCondition(),
                                command.getUpdateVectors().getCondition()),
                        ceilings(command));
            case DELETE_VECTORS ->
                new StoreCommand.DeleteVectors(
                        tenant,
                        collection,
                        FilterCodec.selector(command.getDeleteVectors().getSelector()),
                        names(command.getDeleteVectors().getNamesList()));
            case DELETE_POINTS ->
                new StoreCommand.DeletePoints(
                        tenant,
                        collection,
                        FilterCodec.selector(command.getDeletePoints().getSelector()));
            case SET_PAYLOAD -> {
                var set = command.getSetPayload();
                yield new StoreCommand.SetPayload(
                        tenant,
                        collection,
                        FilterCodec.selector(set.getSelector()),
                        set.getPayload(),
                        set.getOverwrite(),
                        set.getKey().isEmpty() ? "" : path(set.getKey()),
                        ceilings(command));
            }
            case DELETE_PAYLOAD ->
                new StoreCommand.DeletePayload(
                        tenant,
                        collection,
                        FilterCodec.selector(command.getDeletePayload().getSelector()),
                        keys(command.getDeletePayload().getKeysList()));
            case CLEAR_PAYLOAD ->
                new StoreCommand.ClearPayload(
                        tenant,
                        collection,
                        FilterCodec.selector(command.getClearPayload().getSelector()));
            case CREATE_FIELD_INDEX ->
                new StoreCommand.CreateFieldIndex(
                        tenant,
                        collection,
                        path(command.getCreateFieldIndex().getKey()),
                        ModelCodec.field(
                                command.getCreateFieldIndex().getType(),
                                command.getCreateFieldIndex().getParams()));
            case DELETE_FIELD_INDEX ->
                new StoreCommand.DeleteFieldIndex(
                        tenant, collection, path(command.getDeleteFieldIndex().getKey()));
            case PLACE_TENANT, DROP_TENANT, OP_NOT_SET -> throw new AssertionError("decoded before");
        };
    }

    private static Map<String, HnswConfig> updates(List<VectorUpdate> updates) {
        bound(updates.size(), KEYS_MAX, "vectors");
        Map<String, HnswConfig> vectors = new TreeMap<>();
        for (VectorUpdate update : updates) {
            vectors.put(text(update.getName(), "a vector's name"), ModelCodec.hnsw(update.getHnsw()));
        }
        return vectors;
    }

    private static Ceilings ceilings(Command command) {
        var ceilings = command.getCeilings();
        return new Ceilings(saturated(ceilings.getPointsPerCollection()), saturated(ceilings.getTenantBytes()));
    }

    /** A uint64; what does not fit a long is as good as no ceiling, and more than any store holds. */
    private static long saturated(long unsigned) {
        return unsigned < 0 ? Long.MAX_VALUE : unsigned;
    }

    private static UpsertMode mode(dev.vectorhub.engine.wire.v1.UpsertMode mode) {
        return switch (mode) {
            case UPSERT -> UpsertMode.UPSERT;
            case INSERT_ONLY -> UpsertMode.INSERT_ONLY;
            case UPDATE_ONLY -> UpsertMode.UPDATE_ONLY;
            case UNRECOGNIZED -> throw invalid("unknown mode of an upsert");
        };
    }

    private static List<String> names(List<String> names) {
        bound(names.size(), KEYS_MAX, "vector names");
        List<String> checked = new ArrayList<>(names.size());
        for (String name : names) {
            checked.add(text(name, "a vector's name"));
        }
        return checked;
    }

    private static List<String> keys(List<String> keys) {
        bound(keys.size(), KEYS_MAX, "payload keys");
        List<String> checked = new ArrayList<>(keys.size());
        for (String key : keys) {
            checked.add(path(key));
        }
        return checked;
    }
}
