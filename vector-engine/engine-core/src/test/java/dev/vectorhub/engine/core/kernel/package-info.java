/** Tests of the package of the same name. */
@NullMarked
package dev.vectorhub.engine.core.kernel;

import org.jspecify.annotations.NullMarked;
