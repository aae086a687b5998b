/** Tenants and collections of a store, its checkpoints and its recovery. */
@NullMarked
package dev.vectorhub.engine.core.registry;

import org.jspecify.annotations.NullMarked;
