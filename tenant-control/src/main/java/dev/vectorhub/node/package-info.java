/** The processes that hold data: which there are, how full they are, and the way to them. */
@NullMarked
package dev.vectorhub.node;

import org.jspecify.annotations.NullMarked;
