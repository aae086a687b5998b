package dev.vectorhub.engine.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernels on processors with shorter vectors than this one has, in a process of its own. */
class ShortVectorsTest {
    @ParameterizedTest
    @CsvSource({"-XX:MaxVectorSize=32,vector-256", "-XX:MaxVectorSize=16,vector-128", "-XX:MaxVectorSize=8,scalar"})
    void everyKernelAgreesWithTheScalarOne(String flag, String name) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        flag,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName()))
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, child.waitFor(), said);
        assertEquals(name, said.lines().toList().getLast());
    }

    /** Compares, and says which kernel it was. */
    static final class Child {
        private Child() {}

        public static void main(String[] none) {
            for (int size : new int[] {1, 13, 64, 100, 207}) {
                new KernelTest().vectorKernelAgreesWithTheScalarOne(size);
                new NarrowRowsTest().kernelsOverHalvesAgreeWithTheNumbers(size);
                new NarrowRowsTest().kernelsOverBytesAgreeWithTheNumbers(size);
                new MatrixKernelTest().theVectorKernelAgreesWithTheScalarOne(size);
                new ProbeTest().everyKernelAgreesWithTheScalarOne(size);
            }
            System.out.println(Kernels.choose("vector", true).name());
        }
    }
}
