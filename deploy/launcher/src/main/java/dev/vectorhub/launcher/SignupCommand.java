package dev.vectorhub.launcher;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./hub signup}. */
@Command(name = "signup")
final class SignupCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--organisation", required = true)
    String organisation = "";

    @Option(names = "--email", required = true)
    String email = "";

    @Option(names = "--password")
    @Nullable
    String password;

    @Option(names = "--plan")
    @Nullable
    String plan;

    @Option(names = "--isolation")
    @Nullable
    String isolation;

    @Override
    public Integer call() throws InterruptedException {
        RunState run = common.running();
        Progress progress = common.progress();
        SignupFlow.Wish wish = new SignupFlow.Wish(
                organisation, email, password == null ? SignupFlow.newPassword() : password, plan, isolation);
        SignupFlow.Member member = new SignupFlow(run, progress).run(wish);
        progress.say("");
        progress.say("Tenant    " + member.tenant());
        progress.say("API key   " + member.apiKey());
        progress.say("Login     " + email + " / " + wish.password() + " at " + run.consoleUrl());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("tenant", member.tenant());
        answer.put("apiKey", member.apiKey());
        answer.put("api", run.apiUrl());
        answer.put("grpc", run.grpcAddress());
        answer.put("console", run.consoleUrl());
        common.answer(answer);
        return 0;
    }
}
