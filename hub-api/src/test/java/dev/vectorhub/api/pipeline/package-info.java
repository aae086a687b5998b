@NullMarked
package dev.vectorhub.api.pipeline;

import org.jspecify.annotations.NullMarked;
