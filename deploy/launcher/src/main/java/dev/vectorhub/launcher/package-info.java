/** The {@code ./hub} command: parses the command line and speaks to a local hub over its public faces. */
@NullMarked
package dev.vectorhub.launcher;

import org.jspecify.annotations.NullMarked;
