package dev.vectorhub.e2e.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.vectorhub.e2e.ForeignClients;
import dev.vectorhub.e2e.Needs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators and members do in the console, done in the system's Chromium against a running hub. */
class ConsoleBrowserIT {
    private static final double TIMEOUT_MILLIS = 20_000;
    /** A revoked key is refused everywhere within this time at the latest (design, section 7). */
    private static final int REVOKED_WITHIN_SECONDS = 10;

    private static Playwright playwright;
    private static Browser browser;
    private static Hub hub;

    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() {
        Path chromium = Needs.program("the console's browser test", "chromium", "chromium-browser", "google-chrome");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        hub = Hub.get();
        PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT_MILLIS);
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void newVisitor() {
        context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(1440, 900).setColorScheme(ColorScheme.LIGHT));
        context.setDefaultTimeout(TIMEOUT_MILLIS);
        page = context.newPage();
    }

    @AfterEach
    void leave() {
        context.close();
    }

    @Test
    void anOperatorSeesTheWholeHub() {
        signIn(hub.operator());
        assertThat(page).hasURL(Pattern.compile(".*/overview"));
        assertThat(heading("Overview")).isVisible();
        for (String panel : List.of("Requests", "Needs attention", "Tenants by state", "Engine capacity")) {
            assertThat(heading(panel)).isVisible();
        }
        for (String name : List.of("Nodes", "Plans", "Tenants")) {
            link(name).click();
            assertThat(heading(name)).isVisible();
            assertThat(link(name)).hasAttribute("aria-current", "page");
        }
    }

    @Test
    void theTenantsFilterIsInTheUrl() {
        signIn(hub.operator());
        page.navigate(hub.console() + "/tenants");
        page.getByLabel("Search").fill("robotics");
        page.waitForURL("**/tenants?q=robotics");
        Locator row = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(hub.organisation()));
        assertThat(row).isVisible();
        page.navigate(hub.console() + "/tenants?q=nobody-is-called-so");
        assertThat(page.getByText("No tenant fits")).isVisible();
        assertThat(page.getByLabel("Search")).hasValue("nobody-is-called-so");
    }

    @Test
    void suspendingAndResumingNeedAReasonAndAreAudited() {
        signIn(hub.operator());
        openTenant();
        String reason = "Invoice unpaid " + UUID.randomUUID();
        button("Suspend").click();
        dialogButton("Suspend").click();
        assertThat(page.getByText("Say why: at least 3 characters.")).isVisible();
        page.getByLabel("Reason").fill(reason);
        dialogButton("Suspend").click();
        assertThat(button("Resume")).isVisible();
        assertThat(audit().getByText(reason)).isVisible();
        assertThat(audit().getByText("ACTIVE → SUSPENDED").first()).isVisible();

        button("Resume").click();
        page.getByLabel("Reason").fill("Paid");
        dialogButton("Resume").click();
        assertThat(button("Suspend")).isVisible();
        assertThat(audit().getByText("SUSPENDED → ACTIVE").first()).isVisible();
    }

    @Test
    void anOwnerChangesWhatTheDataSharesWithOthers() {
        signIn(hub.member());
        link("Isolation").click();
        assertThat(heading("Isolation of your data")).isVisible();
        button("Change isolation").click();
        assertThat(page.getByText("no request fails")).isVisible();
        dialogButton("Move my data").click();
        assertThat(page.getByText("Your data is being moved")).isVisible();
        assertThat(page.getByText("Each collection has files of its own")).isVisible();
        assertThat(page.getByText("In place")).isVisible();
    }

    @Test
    void theChartHasItsDataAsATable() {
        signIn(hub.operator());
        openTenant();
        Locator figure = page.getByRole(
                AriaRole.FIGURE, new Page.GetByRoleOptions().setName(Pattern.compile("Requests, last 24 hours")));
        assertThat(figure).isVisible();
        Locator data = figure.getByText("Show data");
        if (data.count() == 0) {
            assertThat(figure.getByText("Nothing to draw yet")).isVisible();
            return;
        }
        data.click();
        assertEquals(24, figure.locator("tbody tr").count());
    }

    @Test
    void darkModeIsRemembered() {
        signIn(hub.operator());
        assertThat(heading("Needs attention")).isVisible();
        String light = background();
        button("Dark").click();
        assertThat(button("Dark")).hasAttribute("aria-pressed", "true");
        assertEquals("dark", page.evaluate("document.documentElement.style.colorScheme"));
        String dark = background();
        assertNotEquals(light, dark);
        page.reload();
        assertThat(heading("Needs attention")).isVisible();
        assertThat(button("Dark")).hasAttribute("aria-pressed", "true");
        assertEquals(dark, background());
    }

    @Test
    void aMemberRunsTheShellQuickstartAsPasted() throws Exception {
        Needs.program("the quickstart's test", "curl");
        String answer = run(quickstart("curl", "Shell"));
        assertTrue(answer.contains("Berlin"), answer);
        assertTrue(answer.contains("\"score\""), answer);
    }

    @Test
    void aMemberRunsThePythonQuickstartAsPasted() throws Exception {
        Path folder = ForeignClients.pythonFolder();
        Files.writeString(folder.resolve("quickstart.py"), quickstart("Python", "quickstart.py"));
        String answer = ForeignClients.python("quickstart.py", List.of());
        assertTrue(answer.lines().toList().size() == 2 && answer.contains("Berlin"), answer);
    }

    @Test
    void aMemberRunsTheJavaScriptQuickstartAsPasted() throws Exception {
        Path folder = ForeignClients.javaScriptFolder();
        Files.writeString(folder.resolve("quickstart.mjs"), quickstart("JavaScript", "quickstart.mjs"));
        String answer = ForeignClients.node("quickstart.mjs", List.of());
        assertTrue(answer.contains("Berlin"), answer);
    }

    /** The program of a tab of the quickstart, with a key made for it. */
    private String quickstart(String tab, String title) {
        signIn(hub.member());
        assertThat(heading("Quickstart")).isVisible();
        button("Create a key for this example").click();
        assertThat(page.getByText("it cannot be shown again")).isVisible();
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(tab).setExact(true))
                .click();
        Locator program = page.locator(".code", new Page.LocatorOptions().setHasText(title))
                .locator("pre");
        assertThat(program).isVisible();
        String source = program.innerText();
        assertTrue(source.contains("vhk_"), source);
        return source;
    }

    @Test
    void aMembersKeyWorksUntilItIsRevoked() throws Exception {
        signIn(hub.member());
        link("API keys").click();
        String name = "Browser " + UUID.randomUUID();
        button("Create key").click();
        page.getByLabel("Name").fill(name);
        dialogButton("Create key").click();
        assertThat(page.getByText("Your new key")).isVisible();
        String secret = page.locator("vaadin-dialog .code pre").innerText().strip();
        button("I have copied it").click();
        assertThat(page.getByText("Your new key")).not().isVisible();
        assertThat(button("Revoke " + name)).isVisible();
        // a dialog that closes is invisible before it is gone
        assertThat(page.locator("vaadin-dialog .code pre")).hasCount(0);
        assertFalse(page.content().contains(secret), "the secret is shown once");
        assertEquals(200, collections(secret));

        button("Revoke " + name).click();
        page.locator("vaadin-confirm-dialog")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Revoke"))
                .click();
        assertThat(page.getByText("“" + name + "” is revoked.")).isVisible();
        int status = 200;
        for (int i = 0; i < 10 * REVOKED_WITHIN_SECONDS && status == 200; i++) {
            status = collections(secret);
            page.waitForTimeout(100);
        }
        assertTrue(status == 401 || status == 403, "answered " + status);
    }

    @Test
    void aMemberSeesNobodyElse() {
        signIn(hub.member());
        for (String path : List.of("/overview", "/tenants", "/nodes", "/plans", "/tenants/" + UUID.randomUUID())) {
            page.navigate(hub.console() + path);
            assertThat(heading("This page is not for your account")).isVisible();
        }
        for (String path : List.of("", "/keys", "/usage", "/members")) {
            page.navigate(hub.console() + "/t/" + UUID.randomUUID() + path);
            assertThat(heading("There is nothing at this address")).isVisible();
        }
    }

    @Test
    void aPageLeftOpenAfterTheSignOutDoesNothing() {
        signIn(hub.member());
        link("API keys").click();
        assertThat(heading("API keys")).isVisible();
        Page other = context.newPage();
        other.navigate(hub.console() + "/logout");
        assertThat(other.getByText("You are signed out")).isVisible();
        button("Create key").click();
        // Whichever comes first: the notice, or the way to the sign-in.
        assertThat(page.getByText("You have been signed out").or(page.locator("#username")))
                .isVisible();
        assertThat(page.getByText("What it may do")).not().isVisible();
    }

    @Test
    void theSignupSaysWhatIsMissingAtEachField() {
        page.navigate(hub.console() + "/signup");
        button("Create account").click();
        for (String field : List.of("Organisation", "Work e-mail", "Password")) {
            assertThat(page.getByLabel(field).first()).hasAttribute("aria-invalid", "true");
        }
        assertThat(page).hasURL(Pattern.compile(".*/signup"));
    }

    private void signIn(Hub.Login login) {
        page.navigate(hub.console() + "/");
        page.locator("#username").fill(login.user());
        // Keycloak asks for the name first as soon as the realm has an organisation.
        if (page.locator("#password").count() == 0) {
            page.locator("[type=submit]").click();
        }
        page.locator("#password").fill(login.password());
        page.locator("[type=submit]").click();
        page.waitForURL(hub.console() + "/**");
        assertThat(page.locator("main h1")).isVisible();
    }

    private void openTenant() {
        page.navigate(hub.console() + "/tenants?q=" + hub.organisation().replace(" ", "%20"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(hub.organisation()))
                .click();
        assertThat(heading(hub.organisation())).isVisible();
    }

    private Locator audit() {
        return page.locator("section[aria-label=Audit]");
    }

    private Locator heading(String text) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(text).setExact(true));
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator dialogButton(String name) {
        return page.locator("vaadin-dialog")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator link(String name) {
        return page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Main"))
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private String background() {
        return String.valueOf(page.evaluate("getComputedStyle(document.querySelector('.panel')).backgroundColor"));
    }

    private static int collections(String key) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(hub.api() + "/collections"))
                    .header("api-key", key)
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    /** Runs a shell program as if it were pasted; answers all that it printed. */
    private static String run(String program) throws IOException, InterruptedException {
        Path file = Files.createTempFile("quickstart", ".sh");
        Path out = Files.createTempFile("quickstart", ".out");
        Files.writeString(file, program);
        Process process = new ProcessBuilder("sh", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the program ends");
        String answer = Files.readString(out, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), answer);
        return answer;
    }
}
