package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.ValueLayout;

/** The oracle of the other probes, and the fallback without the incubator module. */
final class ScalarProbe extends Int8Probe {
    private byte[] codes = new byte[0];
    private float scale;
    private float norm;

    @Override
    void attached(CodeRows newRows) {
        codes = codes.length == newRows.length ? codes : new byte[newRows.length];
    }

    @Override
    void load(CodeRows from, int row) {
        for (int i = 0; i < codes.length; i++) {
            codes[i] = from.memory.get(ValueLayout.JAVA_BYTE, from.at(row) + i);
        }
        scale = from.scale(row);
        norm = from.norm(row);
    }

    @Override
    void computeDistances(int count) {
        for (int i = 0; i < count; i++) {
            setDistance(i, one(id(i)));
        }
    }

    @Override
    void computeRange(int from, int count) {
        for (int i = 0; i < count; i++) {
            setDistance(i, one(from + i));
        }
    }

    @Override
    float one(int row) {
        CodeRows rows = rows();
        long at = rows.at(row);
        if (metric == Metric.L1) {
            float other = rows.scale(row);
            float sum = 0;
            for (int i = 0; i < codes.length; i++) {
                sum += Math.abs(scale * codes[i] - other * rows.memory.get(ValueLayout.JAVA_BYTE, at + i));
            }
            return sum;
        }
        int products = 0;
        for (int i = 0; i < codes.length; i++) {
            products += codes[i] * rows.memory.get(ValueLayout.JAVA_BYTE, at + i);
        }
        return fromDot(row, products, scale, norm);
    }
}
