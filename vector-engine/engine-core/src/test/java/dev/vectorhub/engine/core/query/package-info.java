@NullMarked
package dev.vectorhub.engine.core.query;

import org.jspecify.annotations.NullMarked;
