package dev.vectorhub.api.control.usage;

import dev.vectorhub.api.control.Params;
import dev.vectorhub.billing.rollup.Granularity;
import dev.vectorhub.billing.rollup.UsageQueryService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a tenant's usage as the query's parameters ask for it. */
@ApplicationScoped
class UsageReader {

    private final UsageQueryService usage;
    private final Clock clock;

    @Inject
    UsageReader(UsageQueryService usage, Clock clock) {
        this.usage = usage;
        this.clock = clock;
    }

    UsageView of(UUID tenant, @Nullable String from, @Nullable String to, String granularity) {
        UsageInterval interval = UsageInterval.of(from, to, clock.instant());
        Granularity asked = Params.oneOf("granularity", granularity, Granularity.class);
        Granularity width = asked == null ? Granularity.TOTAL : asked;
        return UsageView.of(
                tenant,
                interval.from(),
                interval.to(),
                width,
                usage.usage(tenant, interval.from(), interval.to(), width));
    }
}
