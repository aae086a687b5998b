@NullMarked
package dev.vectorhub.console.chart;

import org.jspecify.annotations.NullMarked;
