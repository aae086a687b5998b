/** Stored ceilings: collections, vectors and bytes, and what is used of them. */
@NullMarked
package dev.vectorhub.quota;

import org.jspecify.annotations.NullMarked;
