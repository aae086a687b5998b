@NullMarked
package dev.vectorhub.api;

import org.jspecify.annotations.NullMarked;
