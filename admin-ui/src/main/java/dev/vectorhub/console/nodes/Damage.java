package dev.vectorhub.console.nodes;

import dev.vectorhub.collection.CollectionOwners;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that a node cannot serve.
 *
 * @param thing what it is, as the node names it: {@code collection 0190…}
 * @param id of the collection or tenant; null where the line has none
 * @param why what is wrong with which file
 * @param owner null where nobody is known
 */
public record Damage(String thing, @Nullable UUID id, String why, CollectionOwners.@Nullable Owner owner) {
    private static final Pattern LINE = Pattern.compile(
            "((?:collection|tenant) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})): (.*)", Pattern.DOTALL);

    /** A line that a node reports. */
    public static Damage of(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches()
                ? new Damage(parts.group(1), UUID.fromString(parts.group(2)), parts.group(3), null)
                : new Damage("", null, line, null);
    }

    Damage ownedBy(CollectionOwners.@Nullable Owner who) {
        return new Damage(thing, id, why, who);
    }
}
