@NullMarked
package dev.vectorhub.console.part;

import org.jspecify.annotations.NullMarked;
