/** How texts become tokens: the same for conditions that are indexed and for those that are not. */
@NullMarked
package dev.vectorhub.text;

import org.jspecify.annotations.NullMarked;
