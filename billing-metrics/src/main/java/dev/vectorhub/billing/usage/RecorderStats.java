package dev.vectorhub.billing.usage;

/**
 * What a recorder has done since its start.
 *
 * @param requests requests recorded
 * @param spooledEvents events made durable in the spool
 * @param storedEvents events this process brought into the ledger; duplicates are not counted
 * @param pendingBytes bytes in the spool that are not in the ledger yet
 * @param overflows times a recording thread had to spool because all windows were taken
 * @param storeFailures failed attempts to reach the ledger
 * @param corruptFrames damaged spool frames met at the start; their file is kept aside
 * @param lostRequests requests whose usage could not be kept: spool unwritable and memory full
 */
public record RecorderStats(
        long requests,
        long spooledEvents,
        long storedEvents,
        long pendingBytes,
        long overflows,
        long storeFailures,
        long corruptFrames,
        long lostRequests) {}
