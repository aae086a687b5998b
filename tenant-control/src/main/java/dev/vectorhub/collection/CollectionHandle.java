package dev.vectorhub.collection;

import dev.vectorhub.engine.wire.v1.CollectionSpec;
import java.util.UUID;

/**
 * A collection that can be used.
 *
 * @param id the engine's name of it
 * @param name the tenant's name of it
 * @param configJson the request's own form, for answers
 * @param version grows with every change
 */
public record CollectionHandle(UUID id, String name, CollectionSpec spec, String configJson, long version) {}
