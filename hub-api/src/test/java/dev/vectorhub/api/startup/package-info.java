@NullMarked
package dev.vectorhub.api.startup;

import org.jspecify.annotations.NullMarked;
