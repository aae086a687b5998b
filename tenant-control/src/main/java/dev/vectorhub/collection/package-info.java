/** The catalog of each tenant's collections: row first, engine second. */
@NullMarked
package dev.vectorhub.collection;

import org.jspecify.annotations.NullMarked;
