@NullMarked
package dev.vectorhub.console.keys;

import org.jspecify.annotations.NullMarked;
