package dev.vectorhub.api.qdrant.collection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.collection.AliasAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** {@code POST /collections/aliases}: {@code actions}, each an object with one field that says what to do. */
final class AliasReader {

    static final int ACTIONS_MAX = 1_000;

    private AliasReader() {}

    static List<AliasAction> read(byte[] body) {
        JsonNode actions = ConfigNode.of(body).given("actions");
        if (actions == null) {
            throw BodyErrors.format("", "missing field `actions`");
        }
        if (!actions.isArray()) {
            throw BodyErrors.format("actions", "expected a list");
        }
        if (actions.size() > ACTIONS_MAX) {
            throw BodyErrors.invalid("actions", "at most " + ACTIONS_MAX + " actions");
        }
        List<AliasAction> read = new ArrayList<>(actions.size());
        for (int i = 0; i < actions.size(); i++) {
            read.add(action(ConfigNode.object(actions.get(i), "actions[" + i + "]")));
        }
        return read;
    }

    private static AliasAction action(ConfigNode action) {
        ConfigNode create = action.object("create_alias");
        ConfigNode rename = action.object("rename_alias");
        ConfigNode delete = action.object("delete_alias");
        if ((create == null ? 0 : 1) + (rename == null ? 0 : 1) + (delete == null ? 0 : 1) != 1) {
            throw oneOf(action);
        }
        if (create != null) {
            return new AliasAction.Create(name(create, "collection_name"), name(create, "alias_name"));
        }
        if (rename != null) {
            return new AliasAction.Rename(name(rename, "old_alias_name"), name(rename, "new_alias_name"));
        }
        return new AliasAction.Delete(name(Objects.requireNonNull(delete), "alias_name"));
    }

    private static TenantApiException oneOf(ConfigNode action) {
        return BodyErrors.format(action.path(), "expected one of `create_alias`, `rename_alias`, `delete_alias`");
    }

    private static String name(ConfigNode action, String field) {
        JsonNode value = action.given(field);
        if (value == null) {
            throw BodyErrors.format(action.path(), "missing field `" + field + "`");
        }
        if (!value.isTextual()) {
            throw BodyErrors.format(action.path(field), "expected a string, got " + ConfigNode.shown(value));
        }
        return value.textValue();
    }
}
