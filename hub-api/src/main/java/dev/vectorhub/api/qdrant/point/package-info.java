/** Points: ids, vectors, payloads, and the operations that write and read them by id. */
@NullMarked
package dev.vectorhub.api.qdrant.point;

import org.jspecify.annotations.NullMarked;
