package dev.vectorhub.billing.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class SpoolFormatPropertyTest {
    @Provide
    Arbitrary<List<UsageEvent>> frames() {
        return UsageArbitraries.events().list().ofMinSize(1).ofMaxSize(20);
    }

    @Property(tries = 200)
    void frameReadsBackAsWritten(@ForAll("frames") List<UsageEvent> events) {
        byte[] bytes = bytes(SpoolFormat.encode(events));
        var frame = assertInstanceOf(SpoolFormat.Read.Frame.class, SpoolFormat.read(bytes, 0, bytes.length));
        assertEquals(events, frame.events());
        assertEquals(bytes.length, frame.end());
    }

    @Property(tries = 200)
    void tornFrameIsTheEnd(@ForAll("frames") List<UsageEvent> events, @ForAll @IntRange(max = 100_000) int cut) {
        byte[] bytes = bytes(SpoolFormat.encode(events));
        byte[] torn = Arrays.copyOf(bytes, cut % bytes.length);
        assertInstanceOf(SpoolFormat.Read.End.class, SpoolFormat.read(torn, 0, torn.length));
    }

    @Property(tries = 400)
    void damagedBytesNeverReadAsEvents(
            @ForAll("frames") List<UsageEvent> events,
            @ForAll @IntRange(max = 100_000) int at,
            @ForAll @IntRange(min = 1, max = 255) int flip) {
        byte[] frame = bytes(SpoolFormat.encode(events));
        byte[] two = Arrays.copyOf(frame, 2 * frame.length);
        System.arraycopy(frame, 0, two, frame.length, frame.length);
        two[at % frame.length] ^= (byte) flip;
        SpoolFormat.Read read = SpoolFormat.read(two, 0, two.length);
        if (read instanceof SpoolFormat.Read.Frame whole) {
            throw new AssertionError("read " + whole + " from damaged bytes");
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
