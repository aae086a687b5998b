@NullMarked
package dev.vectorhub.inference;

import org.jspecify.annotations.NullMarked;
