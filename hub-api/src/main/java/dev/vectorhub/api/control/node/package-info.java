/** Engine nodes, for operators. */
@NullMarked
package dev.vectorhub.api.control.node;

import org.jspecify.annotations.NullMarked;
