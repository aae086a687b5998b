/** Small components shared by the pages. */
@NullMarked
package dev.vectorhub.console.part;

import org.jspecify.annotations.NullMarked;
