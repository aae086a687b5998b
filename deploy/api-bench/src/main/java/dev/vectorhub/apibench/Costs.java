package dev.vectorhub.apibench;

import dev.vectorhub.apibench.Load.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What has been measured of one kind of work, by transport and number of connections. */
final class Costs {
    private record Key(Transport transport, int connections) {}

    private final Map<Key, List<Cost>> costs = new HashMap<>();

    void add(Transport transport, int connections, Cost cost) {
        costs.computeIfAbsent(new Key(transport, connections), _ -> new ArrayList<>())
                .add(cost);
    }

    /** Numbers of connections that were measured, over both transports, ascending. */
    List<Integer> connections() {
        TreeSet<Integer> numbers = new TreeSet<>();
        costs.keySet().forEach(key -> numbers.add(key.connections()));
        return List.copyOf(numbers);
    }

    Cost median(Transport transport, int connections) {
        List<Cost> measured = costs.get(new Key(transport, connections));
        if (measured == null) {
            throw new IllegalStateException("nothing measured of " + transport + " with " + connections);
        }
        return Cost.median(measured);
    }
}
