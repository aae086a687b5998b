@NullMarked
package dev.vectorhub.console.nodes;

import org.jspecify.annotations.NullMarked;
