/** Request bodies as bounded token streams, errors with the path of the field. */
@NullMarked
package dev.vectorhub.api.qdrant.json;

import org.jspecify.annotations.NullMarked;
