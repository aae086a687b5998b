package dev.vectorhub.launcher.demo;

import dev.vectorhub.launcher.CommonOptions;
import dev.vectorhub.launcher.Failure;
import dev.vectorhub.launcher.HubApi;
import dev.vectorhub.launcher.LocalHub;
import dev.vectorhub.launcher.PortOptions;
import dev.vectorhub.launcher.Progress;
import dev.vectorhub.launcher.RunState;
import dev.vectorhub.launcher.SignupFlow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./hub demo}: the whole way, on real text. */
@Command(name = "demo")
public final class DemoCommand implements Callable<Integer> {
    private static final int POINTS_MAX = 100_000;
    private static final int SEARCHES = 1_000;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private PortOptions ports = new PortOptions();

    @Option(names = "--points")
    private int points = 5_000;

    @Option(names = "--once")
    private boolean once;

    @Override
    public Integer call() throws InterruptedException {
        if (points < 1 || points > POINTS_MAX) {
            throw new Failure("--points " + points + ": 1 to " + POINTS_MAX);
        }
        Progress progress = common.progress();
        LocalHub hub = new LocalHub(common.folder(), progress);
        if (RunState.live(common.folder()).isPresent()) {
            // Somebody else's: it goes on, however the demo ends.
            Map<String, Object> answer = run(hub, progress);
            progress.say("The hub ran before the demo and goes on; './hub down' stops it.");
            common.answer(answer);
            return 0;
        }
        Thread downOnExit = hub.downOnExit(() -> {});
        Map<String, Object> answer = run(hub, progress);
        Runtime.getRuntime().removeShutdownHook(downOnExit);
        if (once) {
            hub.down();
            progress.step("stopped everything");
        } else {
            progress.say("Stop it with './hub down'.");
        }
        common.answer(answer);
        return 0;
    }

    private Map<String, Object> run(LocalHub hub, Progress progress) throws InterruptedException {
        // The text does not need the hub: embed it while the servers start.
        CompletableFuture<DemoText> embedding =
                CompletableFuture.supplyAsync(() -> DemoText.embed(points, SEARCHES, progress));
        RunState run = hub.up(ports, LocalHub.Parts.ALL);
        SignupFlow.Wish wish = wish();
        SignupFlow.Member member = new SignupFlow(run, progress).run(wish);
        DemoText text = await(embedding);
        DemoTenant tenant = new DemoTenant(
                new HubApi(HubApi.newClient(), run.apiUrl(), Map.of("api-key", member.apiKey())), progress);
        double upsertPerSecond = tenant.load(text);
        double firstAnswer = tenant.ask(text);
        DemoTenant.Searched searched = tenant.compare(text);
        Map<String, Long> requests = tenant.requests();
        Map<String, Long> usage = tenant.awaitUsage(requests);
        show(progress, run, wish, member, searched, usage, requests, hub);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("tenant", member.tenant());
        answer.put("points", points);
        answer.put("recall_at_10", searched.recall());
        answer.put("search_p50_ms", searched.p50Millis());
        answer.put("search_p99_ms", searched.p99Millis());
        answer.put("searches", searched.count());
        answer.put("upsert_points_per_s", Math.round(upsertPerSecond));
        answer.put("usage", usage);
        answer.put("requests", requests);
        answer.put("first_answer_s", Math.round(firstAnswer * 10) / 10.0);
        return answer;
    }

    /**
     * Each demo is a tenant of its own, so that it can run twice on one hub; on the plan whose request limit (10,000 a
     * minute) lies above what it asks for.
     */
    private static SignupFlow.Wish wish() {
        String stamp = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        return new SignupFlow.Wish(
                "Demo " + stamp, "demo-" + stamp + "@example.test", SignupFlow.newPassword(), "enterprise", null);
    }

    private static void show(
            Progress progress,
            RunState run,
            SignupFlow.Wish wish,
            SignupFlow.Member member,
            DemoTenant.Searched searched,
            Map<String, Long> usage,
            Map<String, Long> requests,
            LocalHub hub) {
        progress.say("");
        progress.say(String.format(
                "%,d searches: recall@10 %.4f, p50 %.2f ms, p99 %.2f ms",
                searched.count(), searched.recall(), searched.p50Millis(), searched.p99Millis()));
        progress.say("");
        progress.say(String.format("%-10s %12s %12s", "requests", "metered", "made"));
        for (Map.Entry<String, Long> made : requests.entrySet()) {
            progress.say(String.format(
                    "%-10s %,12d %,12d", made.getKey(), usage.getOrDefault(made.getKey(), 0L), made.getValue()));
        }
        progress.say("");
        progress.say("API       " + run.apiUrl() + "   api-key: " + member.apiKey());
        progress.say("Console   " + run.consoleUrl() + "   " + wish.email() + " / " + wish.password());
        progress.say("          operator: " + LocalHub.OPERATOR + " / "
                + hub.secrets().get(dev.vectorhub.launcher.Secrets.Name.OPERATOR));
    }

    private static DemoText await(CompletableFuture<DemoText> embedding) throws InterruptedException {
        try {
            return embedding.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new Failure("embedding failed: " + e.getCause(), e);
        }
    }

    /** Questions that a person might ask a dictionary, with the domain that the filtered form asks within. */
    record Question(String text, String domain) {
        static final List<Question> ALL = List.of(
                new Question("an animal that lives in trees and eats leaves", "noun.animal"),
                new Question("to move quickly on foot", "verb.motion"),
                new Question("a feeling of great happiness", "noun.feeling"),
                new Question("a building where people worship", "noun.artifact"),
                new Question("a disease spread by insects", "noun.state"));
    }
}
