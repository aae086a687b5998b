/** The engine and its peers, each in a process of its own, asked in turns. */
@NullMarked
package dev.vectorhub.engine.bench.contest;

import org.jspecify.annotations.NullMarked;
