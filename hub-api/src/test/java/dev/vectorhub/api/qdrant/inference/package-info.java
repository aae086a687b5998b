@NullMarked
package dev.vectorhub.api.qdrant.inference;

import org.jspecify.annotations.NullMarked;
