package dev.vectorhub.launcher.demo;

/**
 * One WordNet synset as the demonstration loads it.
 *
 * @param lemma its first word, with spaces
 * @param partOfSpeech noun, verb, adjective or adverb
 * @param domain lexicographer file, such as {@code noun.animal}
 * @param text the definition, without examples
 */
record Gloss(String lemma, String partOfSpeech, String domain, String text) {}
