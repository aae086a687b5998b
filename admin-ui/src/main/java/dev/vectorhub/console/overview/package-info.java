/** What an operator sees first: the state of the whole installation and what needs attention. */
@NullMarked
package dev.vectorhub.console.overview;

import org.jspecify.annotations.NullMarked;
