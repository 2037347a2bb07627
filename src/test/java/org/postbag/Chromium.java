package org.postbag;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The machine's Chromium, or one installed now, started once for all tests. */
final class Chromium {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge");
    private static final List<Path> ELSEWHERE = List.of(
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
            Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"),
            Path.of("C:/Program Files/Google/Chrome/Application/chrome.exe"),
            Path.of("C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe"));
    private static final int INSTALL_MINUTES_MAX = 10;

    private Chromium() {}

    private static final class Running {
        static final Browser BROWSER = start();
    }

    static Browser running() {
        return Running.BROWSER;
    }

    private static Browser start() {
        var path = installed().or(Chromium::fromDebian).orElseThrow(() -> new IllegalStateException("""
                The browser tests need Chromium or Chrome, and none was found. Install one (on Debian or Ubuntu: apt-get install chromium), or name it in \
                the environment variable POSTBAG_CHROMIUM."""));
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        // Chromium's own sandbox doesn't start for root, nor in most containers; the pages it opens here are our own.
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(path)
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
    }

    private static Optional<Path> installed() {
        var named = Optional.ofNullable(System.getenv("POSTBAG_CHROMIUM")).map(Path::of).stream();
        var onPath = Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator, -1))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
        return Stream.of(named, onPath, ELSEWHERE.stream())
                .flatMap(paths -> paths)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** As root on Debian or Ubuntu, as in most build containers, the browser can be had without anyone's hand. */
    private static Optional<Path> fromDebian() {
        if (!"root".equals(System.getProperty("user.name")) || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            return Optional.empty();
        }
        return run("apt-get", "update", "-qq")
                        && run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")
                ? installed()
                : Optional.empty();
    }

    private static boolean run(String... command) {
        try {
            var builder = new ProcessBuilder(command).inheritIO();
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
            var process = builder.start();
            if (process.waitFor(INSTALL_MINUTES_MAX, TimeUnit.MINUTES)) {
                return process.exitValue() == 0;
            }
            process.destroy();
            return false;
        } catch (IOException e) {
            throw new IllegalStateException("Chromium can't be installed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Chromium was being installed", e);
        }
    }
}
