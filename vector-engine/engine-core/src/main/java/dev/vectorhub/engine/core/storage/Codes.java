package dev.vectorhub.engine.core.storage;

import dev.vectorhub.engine.core.Datatype;
import dev.vectorhub.engine.core.Distance;
import dev.vectorhub.engine.core.FieldType;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.Modifier;
import dev.vectorhub.engine.core.QuantizationConfig;
import dev.vectorhub.engine.core.VectorKind;
import dev.vectorhub.text.TextSpec;

/**
 * The bytes that stand for enum constants in manifests. They are part of the format: a constant keeps its code whatever
 * its place in the source, and a new one takes the next.
 */
final class Codes {
    private Codes() {}

    static int of(IsolationMode mode) {
        return switch (mode) {
            case NONE -> 0;
            case COLLECTION -> 1;
            case STORAGE -> 2;
        };
    }

    static IsolationMode isolation(int code) {
        return switch (code) {
            case 0 -> IsolationMode.NONE;
            case 1 -> IsolationMode.COLLECTION;
            case 2 -> IsolationMode.STORAGE;
            default -> throw unknown("isolation mode", code);
        };
    }

    static int of(Distance distance) {
        return switch (distance) {
            case COSINE -> 0;
            case DOT -> 1;
            case EUCLID -> 2;
            case MANHATTAN -> 3;
        };
    }

    static Distance distance(int code) {
        return switch (code) {
            case 0 -> Distance.COSINE;
            case 1 -> Distance.DOT;
            case 2 -> Distance.EUCLID;
            case 3 -> Distance.MANHATTAN;
            default -> throw unknown("distance", code);
        };
    }

    static int of(FieldType type) {
        return switch (type) {
            case KEYWORD -> 0;
            case INTEGER -> 1;
            case FLOAT -> 2;
            case BOOL -> 3;
            case DATETIME -> 4;
            case UUID -> 5;
            case GEO -> 6;
            case TEXT -> 7;
        };
    }

    static FieldType fieldType(int code) {
        return switch (code) {
            case 0 -> FieldType.KEYWORD;
            case 1 -> FieldType.INTEGER;
            case 2 -> FieldType.FLOAT;
            case 3 -> FieldType.BOOL;
            case 4 -> FieldType.DATETIME;
            case 5 -> FieldType.UUID;
            case 6 -> FieldType.GEO;
            case 7 -> FieldType.TEXT;
            default -> throw unknown("field type", code);
        };
    }

    static int of(TextSpec.Tokenizer tokenizer) {
        return switch (tokenizer) {
            case WORD -> 0;
            case WHITESPACE -> 1;
            case PREFIX -> 2;
            case MULTILINGUAL -> 3;
        };
    }

    static TextSpec.Tokenizer tokenizer(int code) {
        return switch (code) {
            case 0 -> TextSpec.Tokenizer.WORD;
            case 1 -> TextSpec.Tokenizer.WHITESPACE;
            case 2 -> TextSpec.Tokenizer.PREFIX;
            case 3 -> TextSpec.Tokenizer.MULTILINGUAL;
            default -> throw unknown("tokenizer", code);
        };
    }

    static int of(QuantizationConfig.Kind kind) {
        return switch (kind) {
            case DEFAULT -> 0;
            case NONE -> 1;
            case SCALAR -> 2;
            case PRODUCT -> 3;
            case BINARY -> 4;
        };
    }

    static QuantizationConfig.Kind quantization(int code) {
        return switch (code) {
            case 0 -> QuantizationConfig.Kind.DEFAULT;
            case 1 -> QuantizationConfig.Kind.NONE;
            case 2 -> QuantizationConfig.Kind.SCALAR;
            case 3 -> QuantizationConfig.Kind.PRODUCT;
            case 4 -> QuantizationConfig.Kind.BINARY;
            default -> throw unknown("quantization", code);
        };
    }

    static int of(VectorKind kind) {
        return switch (kind) {
            case DENSE -> 0;
            case MULTI -> 1;
            case SPARSE -> 2;
        };
    }

    static VectorKind vectorKind(int code) {
        return switch (code) {
            case 0 -> VectorKind.DENSE;
            case 1 -> VectorKind.MULTI;
            case 2 -> VectorKind.SPARSE;
            default -> throw unknown("kind of vector", code);
        };
    }

    static int of(Datatype datatype) {
        return switch (datatype) {
            case FLOAT32 -> 0;
            case FLOAT16 -> 1;
            case UINT8 -> 2;
        };
    }

    static Datatype datatype(int code) {
        return switch (code) {
            case 0 -> Datatype.FLOAT32;
            case 1 -> Datatype.FLOAT16;
            case 2 -> Datatype.UINT8;
            default -> throw unknown("datatype", code);
        };
    }

    static int of(Modifier modifier) {
        return switch (modifier) {
            case NONE -> 0;
            case IDF -> 1;
        };
    }

    static Modifier modifier(int code) {
        return switch (code) {
            case 0 -> Modifier.NONE;
            case 1 -> Modifier.IDF;
            default -> throw unknown("modifier", code);
        };
    }

    private static IllegalArgumentException unknown(String what, int code) {
        return new IllegalArgumentException("unknown " + what + " " + code);
    }
}
