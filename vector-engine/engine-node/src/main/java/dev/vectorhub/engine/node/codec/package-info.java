/** Between the engine's messages and engine-core's types. Bytes are hostile: what does not fit is refused by name. */
@NullMarked
package dev.vectorhub.engine.node.codec;

import org.jspecify.annotations.NullMarked;
