package dev.vectorhub.launcher;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./hub up}. */
@Command(name = "up")
final class UpCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    PortOptions ports = new PortOptions();

    @Override
    public Integer call() throws InterruptedException {
        Progress progress = common.progress();
        LocalHub hub = new LocalHub(common.folder(), progress);
        RunState run = hub.up(ports, LocalHub.Parts.ALL);
        Secrets secrets = hub.secrets();
        String password = secrets.get(Secrets.Name.OPERATOR);
        progress.say("");
        progress.say("API       " + run.apiUrl());
        progress.say("gRPC      " + run.grpcAddress());
        progress.say("Console   " + run.consoleUrl() + "   operator / " + password);
        progress.say("Mail      " + run.mailUrl());
        progress.say(
                "Stop it with './hub down'; a first tenant: './hub signup --organisation Acme --email you@acme.test'");
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("api", run.apiUrl());
        answer.put("grpc", run.grpcAddress());
        answer.put("console", run.consoleUrl());
        answer.put("operator", Map.of("user", LocalHub.OPERATOR, "password", password));
        common.answer(answer);
        return 0;
    }
}
