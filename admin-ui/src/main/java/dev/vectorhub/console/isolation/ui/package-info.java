@NullMarked
package dev.vectorhub.console.isolation.ui;

import org.jspecify.annotations.NullMarked;
