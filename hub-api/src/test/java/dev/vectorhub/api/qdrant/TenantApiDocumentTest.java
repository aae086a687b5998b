package dev.vectorhub.api.qdrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.vectorhub.api.pipeline.TenantOperation;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The document of the tenant API says what the resources do: the same operations, with the same declarations. */
class TenantApiDocumentTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    private static Map<String, Object> document() throws IOException {
        try (InputStream in = TenantApiDocumentTest.class.getResourceAsStream("/META-INF/openapi.yaml")) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
        }
    }

    @SuppressWarnings("unchecked") // a YAML mapping with names for keys
    private static Map<String, Object> map(@Nullable Object node) {
        return (Map<String, Object>) Objects.requireNonNull(node);
    }

    /** {@code POST /path} with {@code name scope}, or {@code public}. */
    private static Map<String, String> documented() throws IOException {
        Map<String, String> operations = new TreeMap<>();
        map(document().get("paths"))
                .forEach((path, item) -> map(item).forEach((method, operation) -> {
                    assertTrue(METHODS.contains(method), method);
                    Object name = map(operation).get("x-vectorhub-operation");
                    operations.put(
                            method.toUpperCase(Locale.ROOT) + " " + path,
                            name == null
                                    ? "public"
                                    : name + " " + map(operation).get("x-vectorhub-scope"));
                }));
        return operations;
    }

    private static Map<String, String> served() {
        Map<String, String> operations = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.vectorhub.api.qdrant")) {
            if (!type.isAnnotatedWith(Path.class)) {
                continue;
            }
            Class<?> resource = type.reflect();
            for (Method method : resource.getDeclaredMethods()) {
                for (Annotation annotation : method.getAnnotations()) {
                    HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                    if (http != null) {
                        operations.put(http.value() + " " + path(resource, method), declared(method));
                    }
                }
            }
        }
        return operations;
    }

    private static String path(Class<?> resource, Method method) {
        String path = resource.getAnnotation(Path.class).value();
        if (method.isAnnotationPresent(Path.class)) {
            path = path
                    + (path.endsWith("/") ? "" : "/")
                    + method.getAnnotation(Path.class).value();
        }
        return path;
    }

    private static String declared(Method method) {
        TenantOperation operation = method.getAnnotation(TenantOperation.class);
        if (operation == null) {
            assertTrue(method.isAnnotationPresent(PublicOperation.class), method.toString());
            return "public";
        }
        return operation.name() + " " + operation.scope().name().toLowerCase(Locale.ROOT);
    }

    @Test
    void saysWhatIsServed() throws IOException {
        assertEquals(served(), documented());
    }

    @Test
    void everyReferenceLeadsSomewhere() throws IOException {
        Map<String, Object> document = document();
        Set<String> references = new TreeSet<>();
        collect(document, references);
        assertTrue(references.size() > 50, references::toString);
        for (String reference : references) {
            Object node = document;
            for (String step : reference.substring(2).split("/", -1)) {
                node = map(node).get(step);
                assertNotNull(node, reference);
            }
        }
    }

    private static void collect(@Nullable Object node, Set<String> references) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key.equals("$ref")) {
                    references.add((String) value);
                }
                collect(value, references);
            });
        } else if (node instanceof Iterable<?> list) {
            list.forEach(value -> collect(value, references));
        }
    }
}
