@NullMarked
package dev.vectorhub.launcher;

import org.jspecify.annotations.NullMarked;
