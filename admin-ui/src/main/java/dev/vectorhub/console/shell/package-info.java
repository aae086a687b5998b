/** The frame of the console: page shell, layout, navigation, error pages, security of the HTTP side. */
@NullMarked
package dev.vectorhub.console.shell;

import org.jspecify.annotations.NullMarked;
