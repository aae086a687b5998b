@NullMarked
package dev.vectorhub.engine.bench.data;

import org.jspecify.annotations.NullMarked;
