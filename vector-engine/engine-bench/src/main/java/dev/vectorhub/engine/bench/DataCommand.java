package dev.vectorhub.engine.bench;

import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.bench.data.DataSets;
import dev.vectorhub.engine.bench.data.Truth;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./hub bench data}: fetches and prepares data sets, so that a run begins at once. */
@Command(name = "data")
final class DataCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "NAME")
    private List<String> names = DataSets.NAMES;

    @Override
    public Integer call() {
        Progress progress = new Progress(System.err);
        DataSets sets = new DataSets(DataSets.defaultCache(), progress);
        for (String name : names) {
            DataSet set = sets.open(name, Integer.MAX_VALUE);
            Truth.of(set, progress);
            progress.say("%s: %d × %d in %s", set.name(), set.base(), set.dimensions(), set.rows());
        }
        return 0;
    }
}
