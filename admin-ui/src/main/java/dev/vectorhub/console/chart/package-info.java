/** Charts as SVG made on the server, each with its data as a table. */
@NullMarked
package dev.vectorhub.console.chart;

import org.jspecify.annotations.NullMarked;
