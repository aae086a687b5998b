package dev.vectorhub.apikey;

import dev.vectorhub.tenant.Scoped;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each key was used last, written in batches: a request costs no write. What was not written when a gateway dies is
 * lost; it is a hint for people, not a record.
 */
@Singleton
public class KeyUses {
    // More keys in one interval than this: the rest shows up with its next use.
    private static final int PENDING_MAX = 100_000;

    private final Scoped scoped;
    private final Map<UUID, Instant> pending = new ConcurrentHashMap<>();

    public KeyUses(Scoped scoped) {
        this.scoped = scoped;
    }

    void note(UUID key, Instant now) {
        if (pending.size() < PENDING_MAX || pending.containsKey(key)) {
            pending.put(key, now);
        }
    }

    /** Writes what was noted since the last call; a worker does so about once a minute. Returns the keys written. */
    public int flush() {
        List<Map.Entry<UUID, Instant>> batch = new ArrayList<>();
        for (Map.Entry<UUID, Instant> entry : pending.entrySet()) {
            // A later use that comes in between stays for the next flush.
            if (pending.remove(entry.getKey(), entry.getValue())) {
                batch.add(Map.entry(entry.getKey(), entry.getValue()));
            }
        }
        if (batch.isEmpty()) {
            return 0;
        }
        return scoped.asSystem(tx -> {
            Object[] keys = new Object[batch.size()];
            Object[] times = new Object[batch.size()];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = batch.get(i).getKey();
                times[i] = batch.get(i).getValue().atOffset(ZoneOffset.UTC);
            }
            return tx.update(
                    """
                    update api_key k set last_used_at = greatest(k.last_used_at, u.at)
                    from unnest(?, ?) u(id, at) where k.key_id = u.id
                    """,
                    tx.connection().createArrayOf("uuid", keys),
                    tx.connection().createArrayOf("timestamptz", times));
        });
    }
}
