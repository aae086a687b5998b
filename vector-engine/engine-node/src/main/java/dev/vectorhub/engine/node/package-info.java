/** The state machine over engine-core: the log, group commit, checkpoints, recovery, and the engine in this process. */
@NullMarked
package dev.vectorhub.engine.node;

import org.jspecify.annotations.NullMarked;
