/** Pages of the usage. */
@NullMarked
package dev.vectorhub.console.usage.ui;

import org.jspecify.annotations.NullMarked;
