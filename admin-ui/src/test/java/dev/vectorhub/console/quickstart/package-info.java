@NullMarked
package dev.vectorhub.console.quickstart;

import org.jspecify.annotations.NullMarked;
