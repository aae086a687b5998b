package dev.vectorhub.engine.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One line of the answer.
 *
 * @param work what was done
 * @param data on which data; empty where it plays no part
 * @param recall recall@10 at which it was done; null where nothing was searched
 * @param us the engine's figure
 * @param peer what it is held against: a library, or the engine's own figure in other circumstances; empty for none
 * @param peerValue the peer's figure, null for none
 * @param ratio {@code us / peerValue}
 */
public record Row(
        String work,
        String data,
        @Nullable Double recall,
        double us,
        String peer,
        @JsonProperty("peer_value") @Nullable Double peerValue,
        String unit,
        @Nullable Double ratio) {

    public static Row against(
            String work, String data, @Nullable Double recall, double us, String peer, double peerValue, String unit) {
        return new Row(
                work, data, rounded(recall), rounded(us), peer, rounded(peerValue), unit, rounded(us / peerValue));
    }

    public static Row alone(String work, String data, @Nullable Double recall, double us, String unit) {
        return new Row(work, data, rounded(recall), rounded(us), "", null, unit, null);
    }

    /** Four figures are more than a shared machine can tell. */
    private static double rounded(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value;
        }
        double scale = Math.pow(10, 3 - Math.floor(Math.log10(Math.abs(value))));
        return Math.round(value * scale) / scale;
    }

    private static @Nullable Double rounded(@Nullable Double value) {
        return value == null ? null : (Double) rounded(value.doubleValue());
    }
}
