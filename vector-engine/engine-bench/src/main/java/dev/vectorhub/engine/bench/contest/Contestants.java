package dev.vectorhub.engine.bench.contest;

import dev.vectorhub.engine.bench.Child;
import dev.vectorhub.engine.bench.Failure;
import dev.vectorhub.engine.bench.data.DataSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Who can take part, and how each is started. */
public final class Contestants {
    public static final String ENGINE = "engine";
    /** The engine without its native kernel. */
    public static final String ENGINE_JAVA = "engine-java";

    public static final String HNSWLIB = "hnswlib";
    public static final List<String> PEERS = List.of(HNSWLIB, "lucene", "jvector");

    private Contestants() {}

    /**
     * Starts a contestant by its name, in a process of its own.
     *
     * @param folder for its files; for an engine that is to answer at once, one that an engine built
     * @throws Failure when the machine lacks what it needs; the message says what installs it
     */
    public static Contestant start(String name, DataSet set, Path folder, Path cache) {
        return switch (name) {
            case ENGINE -> jvm(name, "engine", set, folder, List.of());
            case ENGINE_JAVA -> jvm(name, "engine", set, folder, List.of(Child.NO_NATIVE_KERNEL));
            case HNSWLIB -> Contestant.start(name, Child.pinned(1, Hnswlib.command(Hnswlib.program(cache), set)));
            case "lucene", "jvector" -> jvm(name, name, set, folder, List.of());
            default -> throw new Failure("no contestant '" + name + "': the peers are " + PEERS);
        };
    }

    private static Contestant jvm(String name, String kind, DataSet set, Path folder, List<String> flags) {
        List<String> arguments = new ArrayList<>(List.of(kind, folder.toString()));
        arguments.addAll(set.arguments());
        return Contestant.start(name, Child.pinned(1, Child.java(ContestantMain.class, flags, arguments)));
    }
}
