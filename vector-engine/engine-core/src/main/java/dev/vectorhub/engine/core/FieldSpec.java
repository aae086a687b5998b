package dev.vectorhub.engine.core;

import dev.vectorhub.text.TextSpec;
import org.jspecify.annotations.Nullable;

/**
 * An index on a payload field. Indexes make conditions fast and never change an answer, with two exceptions that are Qdrant's:
 * a text index says how text conditions on its field take texts apart, and on a field with a UUID index a keyword that is a UUID
 * matches every spelling of it.
 *
 * @param lookup of an integer index: it is meant for matches
 * @param range of an integer index: it is meant for ranges and orders
 * @param prefix of a keyword index: it is meant for prefixes
 * @param text with {@link FieldType#TEXT} only
 * @param declared the parameters as the client gave them, kept to be returned
 */
public record FieldSpec(
        FieldType type,
        boolean lookup,
        boolean range,
        boolean prefix,
        @Nullable TextSpec text,
        String declared) {

    /** Without parameters. */
    public static FieldSpec of(FieldType type) {
        return new FieldSpec(type, true, true, false, type == FieldType.TEXT ? TextSpec.DEFAULT : null, "");
    }

    public static FieldSpec text(TextSpec text) {
        return new FieldSpec(FieldType.TEXT, true, true, false, text, "");
    }
}
