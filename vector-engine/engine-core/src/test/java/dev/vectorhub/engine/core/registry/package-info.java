/** Tests of the package of the same name. */
@NullMarked
package dev.vectorhub.engine.core.registry;

import org.jspecify.annotations.NullMarked;
