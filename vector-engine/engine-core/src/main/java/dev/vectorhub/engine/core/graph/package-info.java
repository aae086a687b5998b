/** HNSW over ordinals: the searcher sees a graph and a scorer, never files. */
@NullMarked
package dev.vectorhub.engine.core.graph;

import org.jspecify.annotations.NullMarked;
