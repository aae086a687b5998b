/** What every part of a collection offers, in memory or on disk. */
@NullMarked
package dev.vectorhub.engine.core.point;

import org.jspecify.annotations.NullMarked;
