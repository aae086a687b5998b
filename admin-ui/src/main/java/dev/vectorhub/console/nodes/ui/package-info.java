/** Pages of the nodes. */
@NullMarked
package dev.vectorhub.console.nodes.ui;

import org.jspecify.annotations.NullMarked;
