@NullMarked
package dev.vectorhub.engine.bench;

import org.jspecify.annotations.NullMarked;
