package dev.vectorhub.billing.usage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Gives tests of other packages the ledger's own way in. */
public final class UsageEvents {
    private UsageEvents() {}

    public static int store(DataSource dataSource, List<UsageEvent> events) {
        return events.isEmpty() ? 0 : new LedgerWriter(dataSource).store(events);
    }

    /** The first event of each id. */
    public static List<UsageEvent> distinct(List<UsageEvent> events) {
        Map<String, UsageEvent> distinct = new LinkedHashMap<>();
        for (UsageEvent event : events) {
            distinct.putIfAbsent(event.id(), event);
        }
        return List.copyOf(distinct.values());
    }
}
