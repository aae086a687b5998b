package dev.vectorhub.billing.usage;

/**
 * What is billed. A quantity of a meter is always a whole number of its base unit; prices and exports scale it, the
 * ledger never does. The code is stored in the ledger and part of each event id: it never changes once released.
 */
public enum BillableMeter {
    REQUESTS_READ("requests_read", "Requests", "Read requests"),
    REQUESTS_WRITE("requests_write", "Requests", "Write requests"),
    REQUESTS_SEARCH("requests_search", "Requests", "Search requests"),
    REQUESTS_MANAGE("requests_manage", "Requests", "Management requests"),
    VECTORS_SCANNED("vectors_scanned", "Vectors", "Vectors compared by searches"),
    BYTES_READ("bytes_read", "B", "Bytes the engine read"),
    BYTES_WRITTEN("bytes_written", "B", "Bytes written to the engine"),
    INGRESS_BYTES("ingress_bytes", "B", "Request bytes received"),
    EGRESS_BYTES("egress_bytes", "B", "Response bytes sent"),
    INFERENCE_TOKENS("inference_tokens", "Tokens", "Tokens of texts that were embedded"),
    STORAGE_BYTE_HOURS("storage_byte_hours", "B-Hours", "Stored bytes over time"),
    VECTOR_HOURS("vector_hours", "Vector-Hours", "Stored points over time");

    private final String code;
    private final String unit;
    private final String title;

    BillableMeter(String code, String unit, String title) {
        this.code = code;
        this.unit = unit;
        this.title = title;
    }

    /** Stable identifier: lower case letters and underscores. */
    public String code() {
        return code;
    }

    /** Base unit of quantities, spelled as FOCUS's unit format spells it. */
    public String unit() {
        return unit;
    }

    /** A short English name. */
    public String title() {
        return title;
    }

    /**
     * The meter of a code.
     *
     * @throws IllegalArgumentException if no meter has the code
     */
    public static BillableMeter ofCode(String code) {
        for (BillableMeter meter : values()) {
            if (meter.code.equals(code)) {
                return meter;
            }
        }
        throw new IllegalArgumentException("no billable meter has the code '" + code + "'");
    }
}
