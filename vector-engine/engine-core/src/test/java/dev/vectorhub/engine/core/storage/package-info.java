@NullMarked
package dev.vectorhub.engine.core.storage;

import org.jspecify.annotations.NullMarked;
