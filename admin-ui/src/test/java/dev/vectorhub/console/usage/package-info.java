@NullMarked
package dev.vectorhub.console.usage;

import org.jspecify.annotations.NullMarked;
