package dev.vectorhub.engine.node;

/**
 * The bounds of a node's log.
 *
 * @param entryBytesMax commands of one log entry; a larger command travels in slices of this size
 * @param entryBytesGoal queued commands that are worth an entry of their own while others are in flight
 * @param entriesInFlightMax entries between submission and application
 * @param commandBytesMax one command; a larger one is refused
 * @param pendingCommandsMax accepted and not yet applied; beyond it commands are refused
 * @param pendingBytesMax the same in bytes
 * @param segmentBytes one log file
 * @param checkpointBytes log bytes since the last checkpoint that call for the next one; bounds the replay at start
 * @param checkpointMillis age of the oldest command that no checkpoint holds, that calls for one
 * @param diskFreeBytesMin free disk space below which writes that add data are refused
 */
public record NodeTuning(
        int entryBytesMax,
        int entryBytesGoal,
        int entriesInFlightMax,
        int commandBytesMax,
        int pendingCommandsMax,
        long pendingBytesMax,
        long segmentBytes,
        long checkpointBytes,
        long checkpointMillis,
        long diskFreeBytesMin) {

    private static final int MIB = 1 << 20;

    public NodeTuning {
        if (entryBytesGoal > entryBytesMax || entriesInFlightMax < 1 || commandBytesMax > pendingBytesMax) {
            throw new IllegalArgumentException("bounds contradict each other");
        }
    }

    public static NodeTuning defaults() {
        return new NodeTuning(MIB, MIB / 2, 8, 40 * MIB, 16_384, 96L * MIB, 8L * MIB, 64L * MIB, 300_000, 256L * MIB);
    }
}
