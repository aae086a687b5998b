/**
 * Text in, vectors out: the dense vectors of all-MiniLM-L6-v2 and the sparse ones of BM25. Knows no tenant but as a name to
 * take turns by, and no transport.
 */
@NullMarked
package dev.vectorhub.inference;

import org.jspecify.annotations.NullMarked;
