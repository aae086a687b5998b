package dev.vectorhub.engine.core;

/** What a field index expects in its field. */
public enum FieldType {
    KEYWORD,
    INTEGER,
    FLOAT,
    BOOL,
    DATETIME,
    UUID,
    GEO,
    TEXT
}
