/** A real hub under load: what its process spends on a request, over each transport. */
@NullMarked
package dev.vectorhub.apibench;

import org.jspecify.annotations.NullMarked;
