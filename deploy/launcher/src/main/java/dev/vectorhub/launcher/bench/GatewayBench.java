package dev.vectorhub.launcher.bench;

import dev.vectorhub.launcher.Progress;

final class GatewayBench {
    GatewayBench(Progress progress, int requests, int rounds) {}

    BenchCommand.Report run() {
        throw new UnsupportedOperationException();
    }
}
