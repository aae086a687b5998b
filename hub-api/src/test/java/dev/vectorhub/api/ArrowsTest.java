package dev.vectorhub.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.vectorhub.api.pipeline.DeclaresOperation;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

/** What the application may refer to, and what each of its resource methods must declare. */
class ArrowsTest {

    private static final JavaClasses API = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.vectorhub.api");

    private static final DescribedPredicate<JavaAnnotation<?>> ANSWERS_REQUESTS = DescribedPredicate.describe(
            "an HTTP method", annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class));

    private static final DescribedPredicate<JavaAnnotation<?>> DECLARES = DescribedPredicate.describe(
            "a declared operation", annotation -> annotation.getRawType().isAnnotatedWith(DeclaresOperation.class));

    @Test
    void theEngineIsReachedThroughItsPortOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.vectorhub.engine.core..", "dev.vectorhub.engine.node..", "dev.vectorhub.console..")
                .check(API);
    }

    @Test
    void resourcesOnlyTranslate() {
        noClasses()
                .that()
                .areAnnotatedWith(Path.class)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "jakarta.persistence..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("dev.vectorhub.tenant.Scoped")
                .check(API);
    }

    @Test
    void thePipelineKnowsNoApi() {
        noClasses()
                .that()
                .resideInAPackage("dev.vectorhub.api.pipeline..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.vectorhub.api.control..", "dev.vectorhub.api.qdrant..", "dev.vectorhub.api.worker..")
                .check(API);
    }

    @Test
    void eachResourceMethodDeclaresItsOperation() {
        methods()
                .that()
                .areAnnotatedWith(ANSWERS_REQUESTS)
                .should()
                .beAnnotatedWith(DECLARES)
                .check(API);
    }

    @Test
    void resourcesLieWhereTheirApiLies() {
        classes()
                .that()
                .areAnnotatedWith(Path.class)
                .should()
                .resideInAnyPackage(
                        "dev.vectorhub.api.control..", "dev.vectorhub.api.qdrant..", "dev.vectorhub.api.bench..")
                .check(API);
    }
}
