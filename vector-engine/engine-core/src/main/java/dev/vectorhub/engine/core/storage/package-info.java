/** Where files lie, how they are written and mapped, and the manifests that say which of them count. */
@NullMarked
package dev.vectorhub.engine.core.storage;

import org.jspecify.annotations.NullMarked;
