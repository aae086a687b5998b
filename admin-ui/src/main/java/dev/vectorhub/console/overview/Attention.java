package dev.vectorhub.console.overview;

/**
 * Something that an operator should look at.
 *
 * @param critical whether customers feel it already
 * @param what in a few words
 * @param why it is worth looking at: what happens if nobody does
 * @param fix what to do
 * @param link page on which to do it, as a path
 */
public record Attention(boolean critical, String what, String why, String fix, String link) {}
