package dev.vectorhub.console.tenants;

import com.vaadin.flow.router.QueryParameters;
import dev.vectorhub.tenant.TenantQuery;
import dev.vectorhub.tenant.TenantState;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The filter and order of the list of tenants, as the URL carries them. What a URL says that we do not know is left out,
 * never an error: URLs are typed by hand and outlive us.
 *
 * @param text part of a name, an e-mail address or an id; empty for all
 */
public record TenantFilter(
        String text, @Nullable TenantState state, @Nullable String plan, TenantQuery.Sort sort) {
    private static final int TEXT_LENGTH_MAX = 200;

    public static TenantFilter none() {
        return new TenantFilter("", null, null, TenantQuery.Sort.NEWEST);
    }

    public static TenantFilter of(QueryParameters parameters) {
        String text = parameters.getSingleParameter("q").orElse("").strip();
        return new TenantFilter(
                text.length() > TEXT_LENGTH_MAX ? text.substring(0, TEXT_LENGTH_MAX) : text,
                parameters
                        .getSingleParameter("state")
                        .map(value -> constant(TenantState.class, value))
                        .orElse(null),
                parameters
                        .getSingleParameter("plan")
                        .filter(value -> !value.isBlank())
                        .orElse(null),
                parameters
                        .getSingleParameter("sort")
                        .map(value -> constant(TenantQuery.Sort.class, value))
                        .orElse(TenantQuery.Sort.NEWEST));
    }

    /** Only what differs from {@link #none()}, in a fixed order. */
    public QueryParameters toParameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (!text.isEmpty()) {
            parameters.put("q", text);
        }
        if (state != null) {
            parameters.put("state", state.name().toLowerCase(Locale.ROOT));
        }
        if (plan != null) {
            parameters.put("plan", plan);
        }
        if (sort != TenantQuery.Sort.NEWEST) {
            parameters.put("sort", sort.name().toLowerCase(Locale.ROOT));
        }
        return QueryParameters.simple(parameters);
    }

    public TenantQuery toQuery() {
        return new TenantQuery(text.isEmpty() ? null : text, state, plan, sort);
    }

    private static <E extends Enum<E>> @Nullable E constant(Class<E> type, String name) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(name)) {
                return constant;
            }
        }
        return null;
    }
}
