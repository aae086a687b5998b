package dev.vectorhub.engine.core.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.FieldType;
import dev.vectorhub.engine.core.IsolationMode;
import org.junit.jupiter.api.Test;

/** Each constant comes back from its code, and a code of nobody is refused. */
class CodesTest {
    @Test
    void everyConstantComesBack() {
        for (IsolationMode mode : IsolationMode.values()) {
            assertEquals(mode, Codes.isolation(Codes.of(mode)));
        }
        for (Distance distance : Distance.values()) {
            assertEquals(distance, Codes.distance(Codes.of(distance)));
        }
        for (FieldType type : FieldType.values()) {
            assertEquals(type, Codes.fieldType(Codes.of(type)));
        }
    }

    @Test
    void unknownCodesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Codes.isolation(3));
        assertThrows(IllegalArgumentException.class, () -> Codes.distance(4));
        assertThrows(IllegalArgumentException.class, () -> Codes.fieldType(8));
    }
}
