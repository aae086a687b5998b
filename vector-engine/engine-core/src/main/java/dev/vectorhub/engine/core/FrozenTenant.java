package dev.vectorhub.engine.core;

import dev.vectorhub.engine.core.collection.FrozenCollection;
import java.util.List;

/**
 * Collections of a tenant as they all stood at one log index; to be closed.
 *
 * @param index the last command whose effect is in them
 */
public record FrozenTenant(long index, List<FrozenCollection> collections) implements AutoCloseable {
    public FrozenTenant {
        collections = List.copyOf(collections);
    }

    @Override
    public void close() {
        collections.forEach(FrozenCollection::close);
    }
}
