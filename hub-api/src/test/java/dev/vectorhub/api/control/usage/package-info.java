@NullMarked
package dev.vectorhub.api.control.usage;

import org.jspecify.annotations.NullMarked;
