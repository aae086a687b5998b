package dev.vectorhub.engine.core.graph;

/** Which vertices may be answered; the others are only walked over. */
@FunctionalInterface
public interface OrdinalFilter {
    OrdinalFilter ALL = ordinal -> true;

    boolean accepts(int ordinal);
}
