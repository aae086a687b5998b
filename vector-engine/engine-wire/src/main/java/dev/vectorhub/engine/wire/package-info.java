/** The engine's port: messages, transport and errors. Names no storage and no framework. */
@NullMarked
package dev.vectorhub.engine.wire;

import org.jspecify.annotations.NullMarked;
