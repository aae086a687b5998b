package dev.vectorhub.api.malformed;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.Random;

/**
 * Messages of any type: some fields set, some not; values that fit the collection of the test, and values at the ends of what
 * their type can say, enums of the future among them.
 */
final class Messages {

    private static final int DEPTH = 7;
    private static final long[] LONGS = {0, 1, 2, 7, -1, 1L << 31, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE};
    private static final double[] DOUBLES = {
        0, 1, 0.5, -1, 1e-300, 1e300, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };
    private static final String[] STRINGS = {
        "",
        "kind",
        "n",
        "a.b[]",
        "[",
        "$score",
        "\u0000",
        "é😀",
        "2024-01-01T00:00:00Z",
        "936da01f-9abd-4d9d-80c7-02af85c822a8"
    };

    private final Random random;

    Messages(Random random) {
        this.random = random;
    }

    DynamicMessage make(Descriptor type) {
        return (DynamicMessage)
                message(DynamicMessage.newBuilder(type), type, 0).build();
    }

    private Message.Builder message(Message.Builder builder, Descriptor type, int depth) {
        // Few messages of a query are worth anything without the one thing that they hold.
        int rarity = depth == 0 ? 3 : 2 + depth / 2;
        for (OneofDescriptor oneof : type.getRealOneofs()) {
            if (random.nextInt(8) > 0) {
                field(builder, oneof.getField(random.nextInt(oneof.getFieldCount())), depth);
            }
        }
        for (FieldDescriptor field : type.getFields()) {
            if (field.getRealContainingOneof() == null && (expected(field) || random.nextInt(rarity) == 0)) {
                field(builder, field, depth);
            }
        }
        return builder;
    }

    private boolean expected(FieldDescriptor field) {
        return switch (field.getName()) {
            case "collection_name", "limit", "group_by", "data", "key", "points" -> random.nextInt(20) > 0;
            default -> false;
        };
    }

    private void field(Message.Builder builder, FieldDescriptor field, int depth) {
        if (depth > DEPTH && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            return;
        }
        if (!field.isRepeated()) {
            builder.setField(field, value(builder, field, depth));
            return;
        }
        int size = field.getName().equals("data") && random.nextInt(10) > 0 ? Target.DIMENSIONS : random.nextInt(3);
        for (int i = 0; i < size; i++) {
            builder.addRepeatedField(field, value(builder, field, depth));
        }
    }

    private Object value(Message.Builder builder, FieldDescriptor field, int depth) {
        boolean usual = random.nextInt(3) > 0;
        return switch (field.getJavaType()) {
            case INT -> usual ? 1 + random.nextInt(9) : (int) LONGS[random.nextInt(LONGS.length)];
            case LONG -> usual ? 1L + random.nextInt(9) : LONGS[random.nextInt(LONGS.length)];
            case FLOAT -> usual ? random.nextFloat() : (float) DOUBLES[random.nextInt(DOUBLES.length)];
            case DOUBLE -> usual ? random.nextDouble() : DOUBLES[random.nextInt(DOUBLES.length)];
            case BOOLEAN -> random.nextBoolean();
            case STRING -> text(field.getName());
            case BYTE_STRING -> ByteString.copyFrom(new byte[random.nextInt(20)]);
            case ENUM -> constant(field);
            case MESSAGE ->
                message(builder.newBuilderForField(field), field.getMessageType(), depth + 1)
                        .build();
        };
    }

    private EnumValueDescriptor constant(FieldDescriptor field) {
        var values = field.getEnumType().getValues();
        return random.nextInt(4) == 0
                ? field.getEnumType()
                        .findValueByNumberCreatingIfUnknown(new int[] {99, -1, Integer.MAX_VALUE}[random.nextInt(3)])
                : values.get(random.nextInt(values.size()));
    }

    private String text(String field) {
        if (random.nextInt(400) == 0) {
            return "x".repeat(1 << 20);
        }
        boolean usual = random.nextInt(6) > 0;
        return switch (field) {
            case "collection_name", "collection" -> usual ? "ledger" : STRINGS[random.nextInt(STRINGS.length)];
            case "vector_name", "using" -> usual ? "" : STRINGS[random.nextInt(STRINGS.length)];
            case "group_by" -> usual ? "kind" : STRINGS[random.nextInt(STRINGS.length)];
            default -> STRINGS[random.nextInt(STRINGS.length)];
        };
    }
}
