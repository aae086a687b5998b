/** Tests of the package of the same name. */
@NullMarked
package dev.vectorhub.engine.core.segment;

import org.jspecify.annotations.NullMarked;
