/** The works that are measured, each a small class of its own that really does what its row says. */
@NullMarked
package dev.vectorhub.engine.bench.work;

import org.jspecify.annotations.NullMarked;
