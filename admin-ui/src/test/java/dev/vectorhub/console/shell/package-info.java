@NullMarked
package dev.vectorhub.console.shell;

import org.jspecify.annotations.NullMarked;
