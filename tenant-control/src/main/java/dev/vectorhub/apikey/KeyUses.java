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
        List<UUID> keys = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        for (UUID key : List.copyOf(pending.keySet())) {
            Instant time = pending.remove(key);
            if (time != null) {
                keys.add(key);
                times.add(time);
            }
        }
        if (keys.isEmpty()) {
            return 0;
        }
        return scoped.asSystem(tx -> {
            return tx.update(
                    """
                    update api_key k set last_used_at = greatest(k.last_used_at, u.at)
                    from unnest(?, ?) u(id, at) where k.key_id = u.id
                    """,
                    tx.connection().createArrayOf("uuid", keys.toArray()),
                    tx.connection()
                            .createArrayOf(
                                    "timestamptz",
                                    times.stream()
                                            .map(time -> time.atOffset(ZoneOffset.UTC))
                                            .toArray()));
        });
    }
}
