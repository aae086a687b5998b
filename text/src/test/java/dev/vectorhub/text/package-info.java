/** Tests of how texts become tokens. */
@NullMarked
package dev.vectorhub.text;

import org.jspecify.annotations.NullMarked;
