package dev.vectorhub.collection;

import dev.vectorhub.problem.FieldError;
import dev.vectorhub.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a graph is built and searched with; 0 means the default of the hub.
 *
 * @param m links of a vertex
 * @param efConstruct breadth of building
 * @param efSearch breadth of a search that names none
 */
public record HnswSettings(int m, int efConstruct, int efSearch) {
    static final int M_MAX = 512;
    static final int EF_MAX = 65_536;

    /** @throws ProblemException {@code validation-failed} with an entry for each value out of range */
    public HnswSettings {
        List<FieldError> errors = new ArrayList<>();
        check(errors, "m", m, M_MAX);
        check(errors, "efConstruct", efConstruct, EF_MAX);
        check(errors, "efSearch", efSearch, EF_MAX);
        if (!errors.isEmpty()) {
            throw ProblemException.validation(errors);
        }
    }

    private static void check(List<FieldError> errors, String field, int value, int max) {
        if (value < 0 || value > max) {
            errors.add(new FieldError(field, "must be 0 (the default) to " + max));
        }
    }
}
