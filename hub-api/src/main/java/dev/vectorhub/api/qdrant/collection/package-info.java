/** Collections and their field indexes. */
@NullMarked
package dev.vectorhub.api.qdrant.collection;

import org.jspecify.annotations.NullMarked;
