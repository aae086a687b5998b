package dev.vectorhub.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.CommandSlice;
import org.junit.jupiter.api.Test;

class SliceJoinTest {
    private final Wire wire = Wire.of(1, 8);
    private final Command command = wire.upsert(wire.point(1, 1), wire.point(2, 1));
    private final SliceJoin join = new SliceJoin(10_000);

    @Test
    void slicesInARowMakeTheCommand() throws Exception {
        assertNull(join.add(slice(0, 3)));
        assertTrue(join.isOpen());
        assertNull(join.add(slice(1, 3)));
        assertEquals(command, join.add(slice(2, 3)));
        assertFalse(join.isOpen());
    }

    @Test
    void aNewRowDropsAnUnfinishedOne() throws Exception {
        join.add(slice(0, 3));
        join.add(slice(0, 2));
        assertEquals(command, join.add(slice(1, 2)));
    }

    @Test
    void whatDoesNotContinueTheRowIsRefused() throws Exception {
        refused(slice(1, 3));
        join.add(slice(0, 3));
        refused(slice(2, 3));
        assertFalse(join.isOpen());
        join.add(slice(0, 3));
        refused(slice(1, 4));
        refused(CommandSlice.getDefaultInstance());
    }

    @Test
    void aRowIsBounded() throws Exception {
        var huge = CommandSlice.newBuilder().setParts(2).setData(ByteString.copyFrom(new byte[10_001]));
        refused(huge.build());
        assertFalse(join.isOpen());
    }

    private void refused(CommandSlice slice) {
        assertThrows(InvalidProtocolBufferException.class, () -> join.add(slice));
    }

    private CommandSlice slice(int part, int parts) {
        ByteString bytes = command.toByteString();
        int from = bytes.size() * part / parts;
        int to = bytes.size() * (part + 1) / parts;
        return CommandSlice.newBuilder()
                .setPart(part)
                .setParts(parts)
                .setData(bytes.substring(from, to))
                .build();
    }
}
