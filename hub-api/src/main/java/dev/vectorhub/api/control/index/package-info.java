/** What a collection's graphs are built and searched with. */
@NullMarked
package dev.vectorhub.api.control.index;

import org.jspecify.annotations.NullMarked;
