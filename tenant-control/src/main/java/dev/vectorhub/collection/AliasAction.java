package dev.vectorhub.collection;

/** A change of aliases. */
public sealed interface AliasAction {

    /** Makes an alias, or leads one that is there to another collection. */
    record Create(String collection, String alias) implements AliasAction {}

    record Rename(String from, String to) implements AliasAction {}

    /** Nothing happens where there is no such alias. */
    record Delete(String alias) implements AliasAction {}
}
