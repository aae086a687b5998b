package dev.vectorhub.launcher;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./hub down}. */
@Command(name = "down")
final class DownCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws InterruptedException {
        Progress progress = common.progress();
        boolean stopped = new LocalHub(common.folder(), progress).down();
        progress.say(stopped ? "stopped" : "nothing runs in " + common.folder().root());
        common.answer(Map.of("stopped", stopped));
        return 0;
    }
}
