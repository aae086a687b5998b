package dev.vectorhub.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.vectorhub.collection.Alias;
import dev.vectorhub.collection.CollectionHandle;
import dev.vectorhub.engine.wire.BackupException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the engine does not know of a backup's collections, kept in the backup's header, so that the file is enough to restore
 * it: JSON, {@code {"collections": [{"id", "name", "config", "efSearch", "aliases"}]}}.
 */
record BackupNote(List<Named> collections) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A collection by its names.
     *
     * @param configJson the request's own form
     * @param efSearch breadth of a search that names none; 0 for the hub's default
     */
    record Named(UUID id, String name, String configJson, int efSearch, List<String> aliases) {}

    static BackupNote of(List<CollectionHandle> collections, List<Alias> aliases) {
        Map<String, List<String>> names = new HashMap<>();
        for (Alias alias : aliases) {
            names.computeIfAbsent(alias.collection(), key -> new ArrayList<>()).add(alias.name());
        }
        return new BackupNote(collections.stream()
                .map(one -> new Named(
                        one.id(),
                        one.name(),
                        one.configJson(),
                        one.spec().getHnsw().getEfSearch(),
                        names.getOrDefault(one.name(), List.of())))
                .toList());
    }

    ByteString encode() {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode all = root.putArray("collections");
        try {
            for (Named one : collections) {
                ObjectNode node = all.addObject();
                node.put("id", one.id().toString()).put("name", one.name()).put("efSearch", one.efSearch());
                node.set("config", JSON.readTree(one.configJson()));
                ArrayNode others = node.putArray("aliases");
                one.aliases().forEach(others::add);
            }
            return ByteString.copyFrom(JSON.writeValueAsBytes(root));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored configuration is no JSON", e);
        }
    }

    /** @throws BackupException for bytes that no note of ours has */
    static BackupNote decode(String file, ByteString note) throws BackupException {
        try {
            List<Named> named = new ArrayList<>();
            for (JsonNode node : JSON.readTree(note.toByteArray()).path("collections")) {
                List<String> aliases = new ArrayList<>();
                node.path("aliases").forEach(alias -> aliases.add(alias.asText()));
                named.add(new Named(
                        UUID.fromString(node.path("id").asText()),
                        node.path("name").asText(),
                        node.path("config").toString(),
                        node.path("efSearch").asInt(),
                        aliases));
            }
            return new BackupNote(named);
        } catch (IOException | IllegalArgumentException e) {
            throw new BackupException(file + " does not say what its collections are called", e);
        }
    }
}
