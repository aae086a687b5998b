/** Distance kernels: a scalar oracle and one on the Vector API, chosen once at start. */
@NullMarked
package dev.vectorhub.engine.core.kernel;

import org.jspecify.annotations.NullMarked;
