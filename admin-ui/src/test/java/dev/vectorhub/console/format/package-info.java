@NullMarked
package dev.vectorhub.console.format;

import org.jspecify.annotations.NullMarked;
