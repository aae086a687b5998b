/** Numbers, units and times as a person reads them. */
@NullMarked
package dev.vectorhub.console.format;

import org.jspecify.annotations.NullMarked;
