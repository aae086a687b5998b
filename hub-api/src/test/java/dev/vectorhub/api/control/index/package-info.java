@NullMarked
package dev.vectorhub.api.control.index;

import org.jspecify.annotations.NullMarked;
