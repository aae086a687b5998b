@NullMarked
package dev.vectorhub.console;

import org.jspecify.annotations.NullMarked;
