package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** A probe whose walk is in C where that can be, and whose rows are touched ahead elsewhere. */
abstract class WalkingProbe extends Probe {
    /** Null without the native kernel. */
    final @Nullable NativeWalk walk;

    /** Keeps the loads of {@link #touch} alive: the compiler drops a sum that goes nowhere. */
    @SuppressWarnings("UnusedVariable")
    private int touched;

    WalkingProbe(boolean natively) {
        walk = natively ? new NativeWalk(allocate(NativeWalk.BYTES)) : null;
    }

    /** To be called when the rows are set. */
    final void attach(CodeRows rows, boolean codes, int batch) {
        require(rows.size(), batch);
        if (walk != null) {
            walk.over(rows, codes);
        }
    }

    @Override
    final void moved() {
        if (walk != null) {
            walk.moved(this);
        }
    }

    @Override
    final void stamped() {
        if (walk != null) {
            walk.stamped(stamp);
        }
    }

    @Override
    int meet(int vertex) {
        return walk == null ? super.meet(vertex) : walk.meet(vertex);
    }

    @Override
    void touch(int count) {
        CodeRows rows = rows();
        int sum = 0;
        for (int i = 0; i < count; i++) {
            long at = rows.at(id(i));
            for (int line = 0; line <= rows.tail; line += CodeRows.LINE_BYTES) {
                sum += rows.memory.get(ValueLayout.JAVA_BYTE, at + line);
            }
        }
        touched += sum;
    }
}
