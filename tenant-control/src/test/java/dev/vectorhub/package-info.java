/** What the tests of all features share. */
@NullMarked
package dev.vectorhub;

import org.jspecify.annotations.NullMarked;
