@NullMarked
package dev.vectorhub.api.control;

import org.jspecify.annotations.NullMarked;
