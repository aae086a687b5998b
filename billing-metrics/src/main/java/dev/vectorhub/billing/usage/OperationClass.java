package dev.vectorhub.billing.usage;

/** The class under which a request is billed, and the meter that counts it. */
public enum OperationClass {
    READ("read", BillableMeter.REQUESTS_READ),
    WRITE("write", BillableMeter.REQUESTS_WRITE),
    SEARCH("search", BillableMeter.REQUESTS_SEARCH),
    MANAGE("manage", BillableMeter.REQUESTS_MANAGE);

    private final String code;
    private final BillableMeter requests;

    OperationClass(String code, BillableMeter requests) {
        this.code = code;
        this.requests = requests;
    }

    /** The value of {@link UsageEvent#operation()}. */
    public String code() {
        return code;
    }

    /** The meter that counts requests of this class. */
    public BillableMeter requests() {
        return requests;
    }
}
