package dev.vectorhub.api.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/CONFIG.md} what the code says: {@code ./mvnw -pl hub-api -am test -Dtest=ConfigReferenceTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dconfig.reference.write=true} writes it anew.
 */
class ConfigReferenceTest {
    private static final String ANY = "";
    private static final Path PAGE = Path.of("..", "docs", "CONFIG.md");

    @Test
    void thePageIsWhatTheCodeSays() throws IOException {
        String page = page();
        if (Boolean.getBoolean("config.reference.write")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "stale: write it anew as this test's Javadoc says");
    }

    @Test
    void eachKeyThatTheCodeReadsIsListedWithItsDefault() {
        Map<String, String> listed = new HashMap<>();
        Stream.concat(ConfigKeys.GUIDE.stream(), ConfigKeys.OURS.stream())
                .filter(key -> key.use() == ConfigKey.Use.READ)
                .forEach(key -> listed.put(key.name(), key.fallback()));
        Map<String, String> read = keysOfTheCode();
        assertTrue(read.size() >= 20, read::toString);
        read.forEach((name, fallback) -> {
            assertTrue(listed.containsKey(name), name);
            if (!fallback.equals(ANY)) {
                assertEquals(fallback, listed.get(name), name);
            }
        });
    }

    private static Map<String, String> keysOfTheCode() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                // No configuration is read there, and it is most of the classes.
                .withImportOption(location -> !location.contains("/engine/"))
                .importPackages("dev.vectorhub");
        Map<String, String> keys = new HashMap<>();
        for (JavaClass type : classes) {
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                for (JavaParameter parameter : unit.getParameters()) {
                    parameter.tryGetAnnotationOfType(ConfigProperty.class).ifPresent(property -> {
                        if (!property.name().startsWith("quarkus.")) {
                            String fallback = property.defaultValue();
                            keys.put(
                                    property.name(),
                                    fallback.equals(ConfigProperty.UNCONFIGURED_VALUE) ? ANY : fallback);
                        }
                    });
                }
            }
            type.tryGetAnnotationOfType(ConfigMapping.class).ifPresent(mapping -> {
                for (JavaMethod method : type.getMethods()) {
                    if (!method.getRawReturnType().isAssignableTo(Map.class)) {
                        String fallback = method.tryGetAnnotationOfType(WithDefault.class)
                                .map(WithDefault::value)
                                .orElse(ANY);
                        keys.put(mapping.prefix() + "." + kebab(method.getName()), fallback);
                    }
                }
            });
        }
        return keys;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Configuration

                Made from the code (`ConfigKeys`) and checked against it by a test. A key is set in a `config.yml` (in the state
                folder of `./hub`, or named by `quarkus.config.locations`), as a system property, or as an environment variable
                (`hub.key.pepper` is `HUB_KEY_PEPPER`). A key below one of these roots that is not listed stops the start and is
                named. Quarkus' own keys (`quarkus.*`: ports, TLS, logs) hold as its guides say.

                ## The guide's keys

                """);
        table(
                page,
                ConfigKeys.GUIDE.stream()
                        .filter(key -> key.use() == ConfigKey.Use.READ)
                        .toList());
        page.append("""

                ### Accepted, without an effect

                A file in the guide's form starts as it stands; these of its keys change nothing in this version.

                | key | unit | why |
                |---|---|---|
                """);
        for (ConfigKey key : ConfigKeys.GUIDE) {
            if (key.use() == ConfigKey.Use.ACCEPTED) {
                page.append("| `%s` | %s | %s |\n".formatted(key.name(), key.unit(), key.meaning()));
            }
        }
        page.append("\n## The hub's own keys\n\n");
        table(page, ConfigKeys.OURS);
        return page.toString();
    }

    private static void table(StringBuilder page, List<ConfigKey> keys) {
        page.append("| key | default | unit | meaning |\n|---|---|---|---|\n");
        for (ConfigKey key : keys) {
            String fallback = key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`";
            page.append("| `%s` | %s | %s | %s |\n".formatted(key.name(), fallback, key.unit(), key.meaning()));
        }
    }
}
