package dev.vectorhub.collection;

import dev.vectorhub.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The guide's four settings of a graph, by the workload that each is for. */
public enum HnswPreset {
    FAST_SEARCH(8, 100, 50),
    BALANCED(16, 200, 100),
    HIGH_RECALL(32, 400, 200),
    MAXIMUM_RECALL(64, 800, 400);

    @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
    private final HnswSettings settings;

    HnswPreset(int m, int efConstruct, int efSearch) {
        this.settings = new HnswSettings(m, efConstruct, efSearch);
    }

    public HnswSettings settings() {
        return settings;
    }

    /** As it is written: {@code high_recall}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> codes() {
        return Arrays.stream(values()).map(HnswPreset::code).toList();
    }

    /**
     * The preset of that name.
     *
     * @param field where the name stood
     * @throws ProblemException {@code validation-failed}
     */
    public static HnswPreset of(String field, String code) {
        for (HnswPreset preset : values()) {
            if (preset.code().equals(code)) {
                return preset;
            }
        }
        throw ProblemException.validation(field, "must be one of " + codes());
    }
}
