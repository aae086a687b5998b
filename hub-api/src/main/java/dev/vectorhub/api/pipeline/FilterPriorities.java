package dev.vectorhub.api.pipeline;

/**
 * The order of everything between the socket and a resource, in one place. Outer filters run for each request, whatever
 * answers it (resource, health, error page); inner ones for a matched resource method.
 *
 * <ol>
 *   <li>{@link #ARRIVAL} (outer): the request id is accepted or made and stands in the answer; the clock starts.
 *   <li>{@link #BODY_LIMIT} (outer): a body that announces more than is accepted is refused unread.
 *   <li>{@link #EARLY_BODY} (outer): a short body of the tenant API is collected, as far as its share of memory goes.
 *   <li>the router matches path and method; nothing of ours: 404 and 405 come from {@link ErrorMappers}.
 *   <li>{@link #ADMISSION} (inner): {@link TenantPipeline} or the control API's gate, each a straight line of stages in
 *       one method. For the tenant API these are: API key, tenant scope, declared operation, the key's collection
 *       patterns, state gate, rate limit. Quotas follow inside the resource, where the amount is known.
 *   <li>{@link #DECOMPRESSION} (inner): a body that is compressed will be read as it was before.
 *   <li>any other body is read, only now: a refused request costs no buffer.
 *   <li>the resource, with a {@link TenantCall} as argument.
 *   <li>on the end of the answer, once: latency and usage ({@link Accounts}).
 * </ol>
 */
public final class FilterPriorities {

    /** Outer filters: higher runs earlier. Before Quarkus' own authentication (200) and CORS (300). */
    public static final int ARRIVAL = 1_000;

    /** Outer filter behind it, in front of the server's own check of a body's length. */
    public static final int BODY_LIMIT = 900;

    /** Outer filter behind that. */
    public static final int EARLY_BODY = 800;

    /** Outer filter right behind Quarkus' own authentication: with its priority, but registered later. */
    public static final int TOKEN_FAILURE = 200;

    /** Inner filters: lower runs earlier. */
    public static final int ADMISSION = 1_000;

    /** Inner filter behind it. */
    public static final int DECOMPRESSION = 1_100;

    private FilterPriorities() {}
}
