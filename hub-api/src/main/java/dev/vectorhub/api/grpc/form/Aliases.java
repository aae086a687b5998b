package dev.vectorhub.api.grpc.form;

import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.ChangeAliases;

/** Changes of aliases. */
public final class Aliases {

    private Aliases() {}

    public static byte[] of(ChangeAliases change) {
        return Form.object(out -> {
            out.writeArrayFieldStart("actions");
            for (AliasOperations action : change.getActionsList()) {
                out.writeStartObject();
                switch (action.getActionCase()) {
                    case CREATE_ALIAS -> {
                        out.writeObjectFieldStart("create_alias");
                        out.writeStringField(
                                "collection_name", action.getCreateAlias().getCollectionName());
                        out.writeStringField(
                                "alias_name", action.getCreateAlias().getAliasName());
                        out.writeEndObject();
                    }
                    case RENAME_ALIAS -> {
                        out.writeObjectFieldStart("rename_alias");
                        out.writeStringField(
                                "old_alias_name", action.getRenameAlias().getOldAliasName());
                        out.writeStringField(
                                "new_alias_name", action.getRenameAlias().getNewAliasName());
                        out.writeEndObject();
                    }
                    case DELETE_ALIAS -> {
                        out.writeObjectFieldStart("delete_alias");
                        out.writeStringField(
                                "alias_name", action.getDeleteAlias().getAliasName());
                        out.writeEndObject();
                    }
                    case ACTION_NOT_SET -> {}
                }
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }
}
