@NullMarked
package dev.vectorhub.console.overview;

import org.jspecify.annotations.NullMarked;
