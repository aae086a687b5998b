package dev.vectorhub.api.qdrant.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;

/** The bounds of a JSON body, and the factory that holds its parsers to them. */
public final class BodyLimits {

    /** Objects and arrays within each other; serde_json, Qdrant's parser, stops at the same depth. */
    public static final int DEPTH_MAX = 128;

    /** Characters of one number; a binary64 written in full has fewer. */
    public static final int NUMBER_CHARS_MAX = 400;

    /** Characters of a field name. */
    public static final int NAME_CHARS_MAX = 4_096;

    /** Characters of one string; the body's own bound is smaller in practice. */
    public static final int STRING_CHARS_MAX = 64 << 20;

    /**
     * Shared by readers and writers. Names are not interned: tenants choose them, and the JVM's table has no bound.
     * Locations carry no source text: error messages must not echo bodies.
     */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(NUMBER_CHARS_MAX)
                    .maxNameLength(NAME_CHARS_MAX)
                    .maxStringLength(STRING_CHARS_MAX)
                    .build())
            .build();

    private BodyLimits() {}
}
