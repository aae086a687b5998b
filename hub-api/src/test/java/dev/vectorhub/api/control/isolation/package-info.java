@NullMarked
package dev.vectorhub.api.control.isolation;

import org.jspecify.annotations.NullMarked;
