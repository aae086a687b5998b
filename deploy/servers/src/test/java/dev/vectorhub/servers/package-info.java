@NullMarked
package dev.vectorhub.servers;

import org.jspecify.annotations.NullMarked;
