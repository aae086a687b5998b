/** Data sets by name: real vectors, held-out queries, exact answers computed once. */
@NullMarked
package dev.vectorhub.engine.bench.data;

import org.jspecify.annotations.NullMarked;
