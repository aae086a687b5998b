@NullMarked
package dev.vectorhub.console.access;

import org.jspecify.annotations.NullMarked;
