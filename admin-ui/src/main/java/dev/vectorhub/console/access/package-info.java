/** Who is looking and what they may see: the viewer, the rules, and the one gate that every page and every call passes. */
@NullMarked
package dev.vectorhub.console.access;

import org.jspecify.annotations.NullMarked;
