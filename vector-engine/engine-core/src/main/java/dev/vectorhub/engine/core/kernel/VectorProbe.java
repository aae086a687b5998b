package dev.vectorhub.engine.core.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API's twin of {@link ScalarProbe}. The API has no sums of byte products: codes are widened to shorts, in which two
 * products fit because no code is −128, and pairs of shorts to ints by shifts.
 *
 * <p>Java cannot ask for memory ahead of its use: a load that misses the caches holds up all that follows it, once as much does
 * as the processor keeps track of. So a batch of rows is first copied to an array with as few instructions as can be, which has
 * the misses of many rows overlap, and compared there, where no look at memory needs a check of its own.
 */
final class VectorProbe extends Int8Probe {
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> HALVES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.length() * Byte.SIZE));
    private static final int HALF = SHORTS.length();
    private static final VectorSpecies<Float> FLOATS = VectorKernel.SPECIES;
    /** There is no shape below 64 bits: with vectors of 128, half of what is loaded is left alone. */
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, FLOATS.length() * Byte.SIZE)));

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final VarHandle NUMBER = MethodHandles.byteArrayViewVarHandle(float[].class, ORDER);
    /** What is copied at once: less than the first cache holds. */
    private static final int NEAR_BYTES = 24 << 10;
    /** Before rows are copied one line after another is touched of all, if they are this short. */
    private static final int SHORT_ROW_BYTES = 4 * CodeRows.LINE_BYTES;
    /** Longer ones, up to this, are touched one row after another; still longer ones in their first line. */
    private static final int MIDDLE_ROW_BYTES = 8 * CodeRows.LINE_BYTES;

    /** The query's, zero up to a full line. */
    private short[] codes = new short[0];

    private float[] floats = new float[0];
    private float scale;
    private float norm;
    /** In the heap, as all that the walk works in: looks at it need no check of whose memory it is. */
    private byte[] stamps = new byte[0];

    private int[] linked = new int[0];
    private int[] met = new int[0];
    private float[] measured = new float[0];
    /** Copies of rows: codes, then scale, sum and norm; noise up to {@link #slot}. */
    private byte[] near = new byte[0];
    /** Of a copy. */
    private int slot;
    /** Bytes of a row that are copied. */
    private int copied;
    /** Keeps the loads of {@link #touch} alive: the compiler drops a sum that goes nowhere. */
    @SuppressWarnings("UnusedVariable")
    private int touched;

    @Override
    void attached(CodeRows newRows) {
        int padded = (newRows.length + CodeRows.LINE_BYTES - 1) & -CodeRows.LINE_BYTES;
        if (codes.length != padded) {
            codes = new short[padded];
            floats = new float[padded];
        }
        copied = Math.max(padded, newRows.tail + CodeRows.ERROR);
        slot = (copied + CodeRows.LINE_BYTES - 1) & -CodeRows.LINE_BYTES;
        int bytes = slot * Math.max(1, NEAR_BYTES / slot);
        if (near.length < bytes) {
            near = new byte[bytes];
        }
    }

    @Override
    void load(CodeRows from, int row) {
        MemorySegment memory = from.memory;
        long at = from.at(row);
        scale = from.scale(row);
        norm = from.norm(row);
        if (metric == Metric.L1) {
            for (int i = 0; i < from.length; i++) {
                floats[i] = scale * memory.get(ValueLayout.JAVA_BYTE, at + i);
            }
            return;
        }
        for (int i = 0; i < from.length; i++) {
            codes[i] = memory.get(ValueLayout.JAVA_BYTE, at + i);
        }
        Arrays.fill(codes, from.length, codes.length, (short) 0);
    }

    @Override
    void requireStamps(int rows) {
        if (stamps.length < rows) {
            stamps = new byte[Math.max(rows, 2 * stamps.length)];
            stamp = 0;
        }
    }

    @Override
    void clearStamps() {
        Arrays.fill(stamps, (byte) 0);
    }

    @Override
    public boolean trySee(int row) {
        byte before = stamps[row];
        stamps[row] = (byte) stamp;
        return before != (byte) stamp;
    }

    private void requireBatch(int count) {
        if (met.length < count) {
            linked = new int[2 * count];
            met = new int[2 * count];
            measured = new float[2 * count];
        }
    }

    @Override
    public int expand(int vertex, float bound) {
        if (metric == Metric.L1) {
            return super.expand(vertex, bound);
        }
        CodeRows rows = rows();
        MemorySegment memory = rows.memory;
        int links = rows.links(vertex);
        requireBatch(links);
        int[] batch = met;
        MemorySegment.copy(memory, CodeRows.INT, rows.at(vertex) + rows.tail + CodeRows.LINKS + 4, linked, 0, links);
        int count = unseen(linked, links, batch, stamps, (byte) stamp);
        measure(rows, count);
        count(count);
        float[] distances = measured;
        long last = rows.stride - 1;
        long behind = Math.min(rows.tail + CodeRows.LINE_BYTES, last);
        int kept = 0;
        int sum = 0;
        for (int i = 0; i < count; i++) {
            float distance = distances[i];
            if (distance <= bound) {
                int row = batch[i];
                setId(kept, row);
                setDistance(kept++, distance);
                // has its links on their way: the walk may go on from here
                long at = rows.at(row);
                sum += memory.get(ValueLayout.JAVA_BYTE, at + behind) + memory.get(ValueLayout.JAVA_BYTE, at + last);
            }
        }
        touched += sum;
        return kept;
    }

    /** Half of all neighbours were seen, nobody can guess which: so there is no branch that could be predicted wrongly. */
    private static int unseen(int[] linked, int links, int[] batch, byte[] stamps, byte stamp) {
        int count = 0;
        for (int i = 0; i < links; i++) {
            int neighbour = linked[i];
            batch[count] = neighbour;
            count += stamps[neighbour] == stamp ? 0 : 1;
            stamps[neighbour] = stamp;
        }
        return count;
    }

    @Override
    void computeDistances(int count) {
        if (metric == Metric.L1) {
            for (int i = 0; i < count; i++) {
                setDistance(i, one(id(i)));
            }
            return;
        }
        requireBatch(count);
        for (int i = 0; i < count; i++) {
            met[i] = id(i);
        }
        measure(rows(), count);
        for (int i = 0; i < count; i++) {
            setDistance(i, measured[i]);
        }
    }

    @Override
    void computeRange(int from, int count) {
        for (int i = 0; i < count; i++) {
            setDistance(i, one(from + i));
        }
    }

    /** The distances of the first rows that were met. */
    private void measure(CodeRows rows, int count) {
        int most = near.length / slot;
        for (int from = 0; from < count; from += most) {
            int some = Math.min(most, count - from);
            fetch(rows, from, some);
            compare(from, some, rows.tail);
        }
    }

    private void fetch(CodeRows rows, int from, int count) {
        MemorySegment memory = rows.memory;
        long stride = rows.stride;
        int[] batch = met;
        touched += slot > SHORT_ROW_BYTES && slot <= MIDDLE_ROW_BYTES
                ? touchWhole(memory, batch, from, count, stride)
                : touchInTurns(memory, batch, from, count, stride);
        byte[] to = near;
        int step = slot;
        int bytes = copied;
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, batch[from + i] * stride, to, i * step, bytes);
        }
    }

    /** All lines of one row after another. */
    private int touchWhole(MemorySegment memory, int[] batch, int from, int count, long stride) {
        int lines = slot / CodeRows.LINE_BYTES;
        int sum = 0;
        for (int i = from; i < from + count; i++) {
            long row = batch[i] * stride;
            // a loop would be more instructions than what it repeats
            sum += word(memory, row, 0) + word(memory, row, 1) + word(memory, row, 2) + word(memory, row, 3);
            sum += word(memory, row, 4);
            if (lines > 5) {
                sum += word(memory, row, 5);
            }
            if (lines > 6) {
                sum += word(memory, row, 6);
            }
            if (lines > 7) {
                sum += word(memory, row, 7);
            }
        }
        return sum;
    }

    /** Of a line: added from where it lies, where a byte would be loaded first. */
    private static int word(MemorySegment memory, long row, int line) {
        return memory.get(CodeRows.INT, row + line * CodeRows.LINE_BYTES);
    }

    /** One line after another of all rows, or the first one only. */
    private int touchInTurns(MemorySegment memory, int[] batch, int from, int count, long stride) {
        int bytes = slot <= SHORT_ROW_BYTES ? slot : 1;
        int sum = 0;
        for (int line = 0; line < bytes; line += CodeRows.LINE_BYTES) {
            sum += touch(memory, batch, from, count, stride, line);
        }
        return sum;
    }

    /** One line of many rows: nothing here waits for anything but its own load. */
    private static int touch(MemorySegment memory, int[] batch, int from, int count, long stride, int line) {
        int sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += memory.get(ValueLayout.JAVA_BYTE, batch[i] * stride + line);
        }
        return sum;
    }

    /** Rows that were fetched. */
    private void compare(int from, int count, int tail) {
        byte[] rows = near;
        int step = slot;
        short[] query = codes;
        float[] distances = measured;
        int i = 0;
        for (; i + 2 <= count; i += 2) {
            two(rows, i * step, step, query, distances, from + i);
        }
        if (i < count) {
            distances[from + i] = one(rows, i * step, query);
        }
        boolean product = metric == Metric.DOT;
        for (i = 0; i < count; i++) {
            int numbers = i * step + tail;
            float dot = scale * (float) NUMBER.get(rows, numbers + CodeRows.SCALE) * distances[from + i];
            distances[from + i] =
                    product ? -dot : Math.max(0, norm + (float) NUMBER.get(rows, numbers + CodeRows.NORM) - 2 * dot);
        }
    }

    /** Products of codes, two to a short, then two shorts to an int. */
    private static IntVector products(ShortVector row0, ShortVector row1, ShortVector query0, ShortVector query1) {
        IntVector pairs = row0.mul(query0).add(row1.mul(query1)).reinterpretAsInts();
        return pairs.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 16)
                .add(pairs.lanewise(VectorOperators.ASHR, 16));
    }

    private static ShortVector codes(byte[] near, int at) {
        return (ShortVector) ByteVector.fromArray(HALVES, near, at).castShape(SHORTS, 0);
    }

    private static ShortVector codes(MemorySegment memory, long at) {
        return (ShortVector)
                ByteVector.fromMemorySegment(HALVES, memory, at, ORDER).castShape(SHORTS, 0);
    }

    /** Two rows share each load of the query; the code for four would outgrow the compiler. */
    private static void two(byte[] rows, int at, int step, short[] query, float[] products, int to) {
        IntVector a = IntVector.zero(INTS);
        IntVector b = a;
        for (int i = 0; i < query.length; i += 2 * HALF) {
            ShortVector low = ShortVector.fromArray(SHORTS, query, i);
            ShortVector high = ShortVector.fromArray(SHORTS, query, i + HALF);
            a = a.add(products(codes(rows, at + i), codes(rows, at + i + HALF), low, high));
            b = b.add(products(codes(rows, at + step + i), codes(rows, at + step + i + HALF), low, high));
        }
        products[to] = a.reduceLanes(VectorOperators.ADD);
        products[to + 1] = b.reduceLanes(VectorOperators.ADD);
    }

    private static int one(byte[] rows, int at, short[] query) {
        IntVector sum = IntVector.zero(INTS);
        for (int i = 0; i < query.length; i += 2 * HALF) {
            ShortVector low = ShortVector.fromArray(SHORTS, query, i);
            ShortVector high = ShortVector.fromArray(SHORTS, query, i + HALF);
            sum = sum.add(products(codes(rows, at + i), codes(rows, at + i + HALF), low, high));
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    @Override
    float one(int row) {
        CodeRows rows = rows();
        MemorySegment memory = rows.memory;
        long at = rows.at(row);
        if (metric == Metric.L1) {
            return l1(memory, at, rows.length, rows.scale(row));
        }
        IntVector sum = IntVector.zero(INTS);
        short[] query = codes;
        for (int i = 0; i < query.length; i += 2 * HALF) {
            ShortVector low = ShortVector.fromArray(SHORTS, query, i);
            ShortVector high = ShortVector.fromArray(SHORTS, query, i + HALF);
            sum = sum.add(products(codes(memory, at + i), codes(memory, at + i + HALF), low, high));
        }
        return fromDot(row, sum.reduceLanes(VectorOperators.ADD), scale, norm);
    }

    private float l1(MemorySegment memory, long at, int length, float other) {
        FloatVector sum = FloatVector.zero(FLOATS);
        int i = 0;
        for (int end = length - FLOATS.length(); i <= end; i += FLOATS.length()) {
            FloatVector row = (FloatVector)
                    ByteVector.fromMemorySegment(BYTES, memory, at + i, ORDER).castShape(FLOATS, 0);
            sum = sum.add(
                    FloatVector.fromArray(FLOATS, floats, i).sub(row.mul(other)).abs());
        }
        float rest = VectorKernel.sum(sum);
        for (; i < length; i++) {
            rest += Math.abs(floats[i] - other * memory.get(ValueLayout.JAVA_BYTE, at + i));
        }
        return rest;
    }
}
