package dev.vectorhub.engine.node;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** Ratis's settings for a group of one in this process. What is not named here keeps its default on purpose or by need. */
final class RaftSettings {

    /** The Raft message around a log entry's commands: term, index, client and call id. */
    private static final int ENTRY_OVERHEAD_BYTES = 4096;

    private static final TimeDuration NEVER = TimeDuration.ONE_DAY.multiply(3650);

    private RaftSettings() {}

    /** The largest entry in the log file. */
    static int loggedEntryBytesMax(NodeTuning tuning) {
        return tuning.entryBytesMax() + ENTRY_OVERHEAD_BYTES;
    }

    static RaftProperties single(GroupFiles files, NodeTuning tuning) {
        var p = new RaftProperties();
        // Both directories default under the temp folder.
        RaftServerConfigKeys.setStorageDir(p, List.of(files.logStorage().toFile()));
        RaftServerConfigKeys.setRemovedGroupsDir(p, files.removed().toFile());
        p.set(RaftConfigKeys.Rpc.TYPE_KEY, LocalRpc.class.getName());

        // Nobody else can be leader: the first election need not wait, the timeouts after it only wake threads.
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(p, millis(10));
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(p, millis(20));
        RaftServerConfigKeys.Rpc.setTimeoutMin(p, millis(1000));
        RaftServerConfigKeys.Rpc.setTimeoutMax(p, millis(2000));
        RaftServerConfigKeys.LeaderElection.setPreVote(p, false);
        // A machine that slept must go on: nobody took over meanwhile.
        RaftServerConfigKeys.setCloseThreshold(p, NEVER);
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(p, NEVER);

        // Entries: one buffered write and one fsync for what is queued; fsync before the ack is Ratis's default and
        // stays.
        int logged = loggedEntryBytesMax(tuning);
        RaftServerConfigKeys.Log.Appender.setBufferByteLimit(p, SizeInBytes.valueOf(logged));
        RaftServerConfigKeys.Log.setWriteBufferSize(p, SizeInBytes.valueOf(2L * logged));
        RaftServerConfigKeys.Log.setUnsafeFlushEnabled(p, false);
        // Ratis 3.3.0 would acknowledge what was written while the fsync ran, and after a failed one too.
        RaftServerConfigKeys.Log.setAsyncFlushEnabled(p, false);
        // An entry that repeats the commit index after each entry would double the fsyncs; a group of one commits by
        // fsync.
        RaftServerConfigKeys.Log.setLogMetadataEnabled(p, false);
        RaftServerConfigKeys.Log.setCorruptionPolicy(p, RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION);

        // Files. The cache holds whole segments on the heap, the open one always, and every collection of garbage
        // copies
        // what came into it since the last: small ones, and none that is closed and applied.
        RaftServerConfigKeys.Log.setSegmentSizeMax(p, SizeInBytes.valueOf(tuning.segmentBytes()));
        RaftServerConfigKeys.Log.setPreallocatedSize(p, SizeInBytes.valueOf(Math.min(4L << 20, tuning.segmentBytes())));
        RaftServerConfigKeys.Log.setSegmentCacheNumMax(p, 0);
        RaftServerConfigKeys.Log.setSegmentCacheSizeMax(p, SizeInBytes.valueOf(2 * tuning.segmentBytes()));
        RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(p, true);
        RaftServerConfigKeys.Log.setPurgeGap(p, 1);

        // The engine decides on checkpoints itself, see Housekeeping.
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(p, false);
        RaftServerConfigKeys.Snapshot.setTriggerWhenStopEnabled(p, false);
        RaftServerConfigKeys.Snapshot.setCreationGap(p, 1);

        // One client that never retries.
        RaftServerConfigKeys.RetryCache.setExpiryTime(p, millis(2000));
        // Reads do not pass through Ratis: they see applied state, and a command is acknowledged once it is applied.
        return p;
    }

    private static TimeDuration millis(long millis) {
        return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
    }
}
