/** Pages of the members. */
@NullMarked
package dev.vectorhub.console.members.ui;

import org.jspecify.annotations.NullMarked;
