@NullMarked
package dev.vectorhub.launcher.demo;

import org.jspecify.annotations.NullMarked;
