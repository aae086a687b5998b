package dev.vectorhub;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What holds for all features of the module. */
class ArchitectureTest {
    private static final JavaClasses MODULE = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void thereIsOneDoorToTheDatabase() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.vectorhub.tenant.Scoped")
                .should()
                .callMethod(DataSource.class, "getConnection")
                .because("outside of Scoped no transaction says whose rows it may see")
                .check(MODULE);
    }

    @Test
    void rowsStayInTheirPackage() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Rows")
                .should()
                .bePackagePrivate()
                .check(MODULE);
    }

    @Test
    void problemsKnowNoFeature() {
        noClasses()
                .that()
                .resideInAPackage("dev.vectorhub.problem")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "of a feature",
                        type -> type.getPackageName().startsWith("dev.vectorhub")
                                && !type.getPackageName().equals("dev.vectorhub.problem")))
                .check(MODULE);
    }

    @Test
    void servicesKnowNoHttp() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.vectorhub.tenant",
                        "dev.vectorhub.plan",
                        "dev.vectorhub.quota",
                        "dev.vectorhub.apikey",
                        "dev.vectorhub.ratelimit",
                        "dev.vectorhub.audit",
                        "dev.vectorhub.collection",
                        "dev.vectorhub.event")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.ws.rs..", "io.vertx..", "java.net.http..")
                .check(MODULE);
    }
}
