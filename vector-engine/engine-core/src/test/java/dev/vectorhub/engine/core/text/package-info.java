/** Tests of how texts become tokens. */
@NullMarked
package dev.vectorhub.engine.core.text;

import org.jspecify.annotations.NullMarked;
