package org.postbag;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ViewportSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.postbag.staff.Role;
import org.postbag.staff.SampleStaff;

/** One visit by one person: a browser without memory, on the program under test. */
public final class Browsing implements AutoCloseable {

    /** A desk's screen and a telephone's, in CSS pixels. */
    public static final List<Integer> WIDTHS = List.of(1280, 375);

    private static final int HEIGHT = 820;
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    /** WCAG 2.2 A and AA, which hold what 2.0 and 2.1 held. */
    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private final String address;
    private final String language;
    private final BrowserContext context;
    private final List<String> complaints = new ArrayList<>();

    Browsing(String address, Browser browser) {
        this(address, browser, "en-GB", true);
    }

    private Browsing(String address, Browser browser, String language, boolean scripts) {
        this.address = address;
        this.language = language;
        this.context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(address)
                .setLocale(language)
                .setTimezoneId("Europe/London")
                .setJavaScriptEnabled(scripts)
                .setViewportSize(WIDTHS.getFirst(), HEIGHT));
    }

    /**
     * Does what leads to another page, such as a click on a link, and waits until that page is there: what is read next is read from it. (Waiting for an
     * address would not do: a form is often answered under the address that it stands at.)
     */
    @SuppressWarnings("deprecation")
    public static void follow(Page page, Runnable act) {
        page.waitForNavigation(act);
    }

    /** Presses the first button of that name, and waits for the page that it leads to. */
    public static void press(Page page, String button) {
        follow(page, AriaRole.BUTTON, button);
    }

    /** Likewise the first link. */
    public static void follow(Page page, String link) {
        follow(page, AriaRole.LINK, link);
    }

    private static void follow(Page page, AriaRole role, String name) {
        follow(
                page,
                () -> page.getByRole(role, new Page.GetByRoleOptions().setName(name))
                        .first()
                        .click());
    }

    /** Likewise the first button or link of the page's main part that says this. */
    public static void choose(Page page, String words) {
        follow(
                page,
                () -> page.locator("main button, main a")
                        .getByText(words, new Locator.GetByTextOptions().setExact(false))
                        .first()
                        .click());
    }

    /** The program's address, such as {@code http://localhost:8080}. */
    public String address() {
        return address;
    }

    /** The visit of someone whose browser runs no scripts, to be closed by who asked for it. */
    public Browsing withoutScripts() {
        return new Browsing(address, context.browser(), language, false);
    }

    /** The visit of someone whose browser asks for pages in another language, such as {@code cy-GB}, to be closed by who asked for it. */
    public Browsing asking(String other) {
        return new Browsing(address, context.browser(), other, true);
    }

    /** A new page at a path. What the browser complains about there (a refused script, a missing file, an error) fails {@link #axe}. */
    public Page open(String path) {
        var page = context.newPage();
        page.onConsoleMessage(message -> {
            // A page that answers 404 or 422 on purpose is a page, not something missing from one.
            boolean ownStatus = message.text().startsWith("Failed to load resource")
                    && (message.text().contains("status of 422")
                            || message.location().startsWith(page.url() + ":"));
            if ("error".equals(message.type()) && !ownStatus) {
                complaints.add(message.text() + " " + message.location());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(path);
        return page;
    }

    /** A page of the sample person of a role, signed in, at the first page. */
    public Page signIn(Role role) {
        var page = open("/sign-in");
        signIn(page, role);
        return page;
    }

    /** Signs the sample person of a role in, on whatever page the sign-in form stands. */
    public void signIn(Page page, Role role) {
        page.getByLabel("Username").fill(SampleStaff.of(role).username());
        page.getByLabel("Password").fill(SampleStaff.PASSWORD);
        follow(page, () -> page.locator("main button[type=submit]").click());
    }

    /**
     * The page has no violation of WCAG 2.2 AA that axe can find, does not scroll sideways, and the browser has not complained. What others wrote
     * stands in a frame where no script runs, axe's own neither: it would wait there for ever.
     */
    public void axe(Page page) {
        var results =
                new AxeBuilder(page).withTags(WCAG).exclude("iframe[sandbox]").analyze();
        assertThat(results.getViolations())
                .as(() -> "axe on " + page.url() + ": " + results.getViolations())
                .isEmpty();
        assertThat((Boolean)
                        page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .as("%s fits a width of %s", page.url(), page.viewportSize().width)
                .isTrue();
        assertThat(complaints).as("complaints of the browser on %s", page.url()).isEmpty();
    }

    /** A picture of the whole page at a width, in {@code target/screenshots}. */
    public void screenshot(Page page, String name, int width) {
        page.setViewportSize(width, HEIGHT);
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(SCREENSHOTS.resolve(name + "-" + width + ".png")));
    }

    /** Checks a page by {@link #axe} and takes its picture, at each of {@link #WIDTHS}; then gives it back its own width. */
    public void look(Page page, String name) {
        ViewportSize before = page.viewportSize();
        for (var width : WIDTHS) {
            screenshot(page, name, width);
            axe(page);
        }
        page.setViewportSize(before.width, before.height);
    }

    @Override
    public void close() {
        context.close();
    }
}
