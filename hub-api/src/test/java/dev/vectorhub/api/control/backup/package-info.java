@NullMarked
package dev.vectorhub.api.control.backup;

import org.jspecify.annotations.NullMarked;
