package dev.vectorhub.collection;

import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.Command;

/**
 * What is to become of a collection.
 *
 * @param command tells the engine; tenant and collection are filled in. May be repeated
 * @param spec what the engine has afterwards
 * @param configJson the request's own form of it, a JSON object
 */
public record CollectionChange(Command command, CollectionSpec spec, String configJson) {}
