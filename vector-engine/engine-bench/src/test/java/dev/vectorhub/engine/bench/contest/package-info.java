@NullMarked
package dev.vectorhub.engine.bench.contest;

import org.jspecify.annotations.NullMarked;
