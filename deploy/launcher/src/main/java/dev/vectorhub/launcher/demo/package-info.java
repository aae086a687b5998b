/** The demonstration on real text: signup, load, search, compare with exact answers, read the bill. */
@NullMarked
package dev.vectorhub.launcher.demo;

import org.jspecify.annotations.NullMarked;
