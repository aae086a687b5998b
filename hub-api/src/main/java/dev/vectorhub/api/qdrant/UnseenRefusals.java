package dev.vectorhub.api.qdrant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What became of writes that nobody waited for and that were refused: the last of each collection, for an hour, in this process.
 * A client sees them as the collection's warnings.
 */
@Singleton
public class UnseenRefusals {

    private static final int COLLECTIONS_MAX = 10_000;
    private static final int KEPT = 10;
    private static final Duration FOR = Duration.ofHours(1);

    private final Clock clock;
    private final Cache<UUID, List<String>> refusals = Caffeine.newBuilder()
            .maximumSize(COLLECTIONS_MAX)
            .expireAfterWrite(FOR)
            .build();

    @Inject
    UnseenRefusals(Clock clock) {
        this.clock = clock;
    }

    void note(UUID collection, String requestId, String reason) {
        String warning = "The write of request " + requestId + ", which was acknowledged, was refused at "
                + clock.instant().truncatedTo(ChronoUnit.SECONDS) + ": " + reason;
        refusals.asMap().compute(collection, (id, before) -> {
            List<String> after = new ArrayList<>(before == null ? List.of() : before);
            if (after.size() == KEPT) {
                after.removeFirst();
            }
            after.add(warning);
            return List.copyOf(after);
        });
    }

    /** Sentences, oldest first. */
    public List<String> of(UUID collection) {
        List<String> found = refusals.getIfPresent(collection);
        return found == null ? List.of() : found;
    }
}
