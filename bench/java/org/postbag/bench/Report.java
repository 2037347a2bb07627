package org.postbag.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, as a plain table on the terminal and in {@code target/bench/}. A number that isn't reached is said so, and fails nothing. */
public final class Report {

    private static final Path FOLDER = Path.of("target", "bench");
    private static final String FORM = "%-52s %16s %-42s %8s %8s  %s";

    private final String title;
    private final List<String> lines = new ArrayList<>();

    public Report(String title) {
        this.title = title;
        lines.add(line("what", "measured", "beside", "ratio", "wanted", ""));
    }

    /** Items a second beside those of a peer: the ratio is to be at least so much. */
    public void rate(String what, double perSecond, String peer, double peerPerSecond, double ratioMin) {
        double ratio = perSecond / peerPerSecond;
        add(
                what,
                number(perSecond) + "/s",
                peer + " " + number(peerPerSecond) + "/s",
                "%.2f".formatted(ratio),
                ">= " + ratioMin,
                ratio >= ratioMin);
    }

    /** A time beside that of a peer: the ratio is to be at most so much. */
    public void time(String what, double milliseconds, String peer, double peerMilliseconds, double ratioMax) {
        double ratio = milliseconds / peerMilliseconds;
        add(
                what,
                number(milliseconds) + " ms",
                peer + " " + number(peerMilliseconds) + " ms",
                "%.2f".formatted(ratio),
                "<= " + ratioMax,
                ratio <= ratioMax);
    }

    public void limit(String what, double value, String unit, double max) {
        add(what, number(value) + " " + unit, "", "", "< " + number(max), value < max);
    }

    /** What has no number to reach. */
    public void note(String what, String value, String beside) {
        lines.add(line(what, value, beside, "", "", ""));
    }

    /** Prints what there is. */
    public void print() {
        var text = "\n" + title + "\n" + String.join("\n", lines) + "\n";
        System.out.println(text);
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(title.split(":")[0].strip() + ".txt"), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void add(String what, String measured, String beside, String ratio, String wanted, boolean reached) {
        lines.add(line(what, measured, beside, ratio, wanted, reached ? "reached" : "NOT REACHED"));
    }

    private static String line(String what, String measured, String beside, String ratio, String wanted, String end) {
        return FORM.formatted(what, measured, beside, ratio, wanted, end).stripTrailing();
    }

    static String number(double value) {
        return value >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }
}
