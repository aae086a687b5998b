@NullMarked
package dev.vectorhub.api.worker;

import org.jspecify.annotations.NullMarked;
