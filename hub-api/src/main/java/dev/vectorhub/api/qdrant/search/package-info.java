/** Nearest-neighbour requests: search and query, alone and in batches. */
@NullMarked
package dev.vectorhub.api.qdrant.search;

import org.jspecify.annotations.NullMarked;
