package org.postbag.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.postbag.contacts.matching.Matched;
import org.postbag.contacts.matching.Matched.Agreement;
import org.postbag.contacts.matching.Matched.Doubtful;
import org.postbag.contacts.matching.Matching;

/** A page on what was found, what it rests on and which pairs are doubtful: one file, without scripts, that prints and fits a telephone. */
final class MatchReport {

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("d MMMM yyyy 'at' h:mma", Locale.UK).withZone(ZoneId.of("Europe/London"));
    private static final String STYLE = """
            body{margin:0 auto;padding:0 1rem 3rem;max-width:60rem;font:1.1875rem/1.4 system-ui,-apple-system,"Segoe UI",Arial,sans-serif;color:#0b0c0c;background:#fff}
            h1{font-size:2rem;line-height:1.15;margin:2rem 0 1rem}h2{font-size:1.5rem;margin:2.5rem 0 .75rem}h3{font-size:1.1875rem;margin:0}
            p,li{max-width:40rem}.note{border-left:5px solid #1d70b8;padding:.25rem 1rem;margin:1.5rem 0}.hint{color:#484949}
            dl{margin:1rem 0;max-width:40rem}dl>div{display:flex;border-bottom:1px solid #cecece;padding:.4rem 0}dt{flex:0 0 60%;font-weight:700}dd{margin:0}
            svg{display:block;width:100%;max-width:32rem;height:auto}svg text{font-family:inherit;fill:#0b0c0c}
            table{border-collapse:collapse;width:100%;font-size:1rem}th,td{text-align:left;vertical-align:top;padding:.35rem .5rem .35rem 0;border-bottom:1px solid #cecece;overflow-wrap:anywhere}
            td.number,th.number{text-align:right}tr.chosen td,tr.chosen th{font-weight:700;background:#f3f3f3}details{margin:1rem 0}summary{cursor:pointer;color:#1a65a6;text-decoration:underline}
            summary:focus-visible{outline:3px solid #fd0;background:#fd0;color:#0b0c0c}.pair{margin:0 0 1.75rem;break-inside:avoid}.pair p{margin:.25rem 0 .5rem}.pair table{table-layout:fixed}
            .pair th:first-child{width:28%}.wide{overflow-x:auto}
            @media(max-width:30rem){body{font-size:1rem}h1{font-size:1.5rem}h2{font-size:1.25rem}h3{font-size:1rem}table{font-size:.875rem}}
            @media print{body{font-size:11pt;max-width:none}summary{color:inherit;text-decoration:none}}
            """;

    private final MatchArguments asked;
    private final Matched matched;
    private final Counts counts;
    private final Instant when;

    /**
     * @param rows that were read
     * @param same pairs
     * @param review pairs
     */
    record Counts(long rows, long same, long review) {}

    MatchReport(MatchArguments asked, Matched matched, Counts counts, Instant when) {
        this.asked = asked;
        this.matched = matched;
        this.counts = counts;
        this.when = when;
    }

    String page(List<Doubtful> doubtful, MatchRows rows) {
        return """
                <!DOCTYPE html>
                <html lang="en-GB">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <title>Contacts that may be one person</title>
                <style>
                %s</style>
                </head>
                <body>
                <main>
                <h1>Contacts that may be one person</h1>
                %s%s%s%s</main>
                </body>
                </html>
                """.formatted(STYLE, summary(), weights(), costs(), doubtful(doubtful, rows));
    }

    private String summary() {
        var names = asked.lists().stream()
                .map(list -> "<bdi>" + escaped(list.path().getFileName().toString()) + "</bdi>")
                .collect(Collectors.joining(" and "));
        var review = chosen(matched.reviewMin());
        var alone =
                matched.rowsLeftAlone() == 0 ? "" : "<p>" + MatchWords.leftAlone(matched.rowsLeftAlone()) + ".</p>\n";
        return """
                <p>%s, matched on %s.</p>
                <dl>
                <div><dt>Rows read</dt><dd>%,d</dd></div>
                <div><dt>Pairs worth comparing, about</dt><dd>%,d</dd></div>
                <div><dt>Pairs of one person</dt><dd>%,d</dd></div>
                <div><dt>Pairs for a person to look at</dt><dd>%,d</dd></div>
                </dl>
                <p>%s. By its own probabilities, of the pairs taken as one person's about %s are of two, and about %s pairs of one
                person are among neither those nor the ones to look at, of all that were compared.</p>
                %s<p class="note">This page holds personal data from the list. Keep it, and delete it, with the list.</p>
                """.formatted(
                        names,
                        WHEN.format(when).replace("AM", "am").replace("PM", "pm"),
                        counts.rows(),
                        matched.compared(),
                        counts.same(),
                        counts.review(),
                        MatchWords.source(matched.source()),
                        about(matched.sameThatAreTwo()),
                        about(review.missedPairs()),
                        alone);
    }

    private Matched.Cost chosen(double threshold) {
        return matched.costs().stream()
                .filter(cost -> cost.logOdds() >= threshold)
                .findFirst()
                .orElseThrow();
    }

    static String about(double pairs) {
        return pairs < 0.05
                ? "none"
                : pairs < 10 ? String.format(Locale.ROOT, "%.1f", pairs) : "%,.0f".formatted(pairs);
    }

    private String weights() {
        var rows = new StringBuilder();
        for (int i = 0; i < asked.columns().size(); i++) {
            double[] weights = matched.weights(i);
            rows.append("<tr><th scope=\"row\"><bdi>%s</bdi></th>"
                    .formatted(escaped(asked.columns().get(i))));
            for (int level = weights.length - 1; level >= 0; level--) {
                rows.append("<td class=\"number\">%+.1f</td>".formatted(weights[level]));
            }
            rows.append("</tr>\n");
        }
        return """
                <h2>What agreeing is worth</h2>
                <p>Each step to the right makes it twice as likely that two rows are one person, each step to the left half as likely. The same value
                is worth more than shown where it is rare, and less where many have it.</p>
                %s<details><summary>Show as table</summary>
                <div class="wide"><table>
                <thead><tr><th scope="col">Column</th><th scope="col" class="number">Same</th><th scope="col" class="number">One slip</th><th scope="col" class="number">Close</th><th scope="col" class="number">Alike</th><th scope="col" class="number">Faintly</th><th scope="col" class="number">Different</th></tr></thead>
                <tbody>
                %s</tbody>
                </table></div></details>
                """.formatted(MatchCharts.weights(asked.columns(), matched), rows);
    }

    private String costs() {
        var rows = new StringBuilder();
        for (var cost : matched.costs()) {
            boolean isChosen = cost.logOdds() == matched.sameMin() || cost.logOdds() == matched.reviewMin();
            rows.append(
                    "<tr%s><th scope=\"row\">%s%s</th><td class=\"number\">%,d</td><td class=\"number\">%s</td><td class=\"number\">%s</td></tr>%n"
                            .formatted(
                                    isChosen ? " class=\"chosen\"" : "",
                                    percent(cost.logOdds()),
                                    cost.logOdds() == matched.sameMin()
                                            ? ", taken as one person"
                                            : cost.logOdds() == matched.reviewMin() ? ", to look at" : "",
                                    cost.pairs(),
                                    about(cost.falsePairs()),
                                    about(cost.missedPairs())));
        }
        return """
                <h2>What a threshold costs</h2>
                <p>Where the line is drawn, by how sure one is to be: how many pairs of two people would be taken as one person's, and how many pairs of
                one person would be missed, as the probabilities say.</p>
                %s<details><summary>Show as table</summary>
                <div class="wide"><table>
                <thead><tr><th scope="col">As sure as</th><th scope="col" class="number">Pairs</th><th scope="col" class="number">Wrong</th><th scope="col" class="number">Missed</th></tr></thead>
                <tbody>
                %s</tbody>
                </table></div></details>
                """.formatted(MatchCharts.costs(matched), rows);
    }

    static String percent(double logOdds) {
        double percent = 100 / (1 + Math.exp(-logOdds));
        return String.format(Locale.ROOT, percent > 99 ? percent > 99.99 ? "%.4f %%" : "%.2f %%" : "%.0f %%", percent);
    }

    private String doubtful(List<Doubtful> doubtful, MatchRows rows) {
        if (doubtful.isEmpty()) {
            return "<h2>Doubtful pairs</h2>\n<p>There are none.</p>\n";
        }
        var pairs = new StringBuilder("<h2>Doubtful pairs</h2>\n<p>");
        pairs.append("The %,d pairs nearest to the line between one person and a look, the nearest first.</p>%n"
                .formatted(doubtful.size()));
        for (var one : doubtful) {
            pairs.append(pair(one, rows));
        }
        return pairs.toString();
    }

    private String pair(Doubtful doubtful, MatchRows rows) {
        var pair = doubtful.pair();
        var lines = new StringBuilder();
        for (int i = 0; i < asked.columns().size(); i++) {
            lines.append("<tr><th scope=\"row\"><bdi>%s</bdi></th><td><bdi>%s</bdi></td><td><bdi>%s</bdi></td></tr>%n"
                    .formatted(
                            escaped(asked.columns().get(i)),
                            escaped(rows.cell(pair.one(), i + 1)),
                            escaped(rows.cell(pair.other(), i + 1))));
        }
        var decision = pair.decision() == Matching.Decision.SAME ? "taken as one person" : "to look at";
        return """
                <section class="pair">
                <h3>%s, %s</h3>
                <p>%s</p>
                <table>
                <thead><tr><th scope="col">Row</th><th scope="col"><bdi>%s</bdi></th><th scope="col"><bdi>%s</bdi></th></tr></thead>
                <tbody>
                %s</tbody>
                </table>
                </section>
                """.formatted(
                        percent(Math.log(pair.probability() / (1 - pair.probability()))),
                        decision,
                        words(doubtful),
                        escaped(rows.cell(pair.one(), 0)),
                        escaped(rows.cell(pair.other(), 0)),
                        lines);
    }

    /** What agrees and what doesn't, column by column. */
    private String words(Doubtful doubtful) {
        var words = new ArrayList<String>();
        if (doubtful.heldBack()) {
            words.add("So much agrees that they would be one, but the names speak against it.");
        }
        if (doubtful.swapped()) {
            words.add("Given and family name stand the other way round.");
        }
        for (int i = 0; i < asked.columns().size(); i++) {
            var agreement = doubtful.agreements().get(i);
            if (agreement != Agreement.SAYS_NOTHING) {
                var name = asked.fields().get(i).code().replace('_', ' ');
                words.add(words(
                        agreement,
                        name.equals("other") ? "<bdi>" + escaped(asked.columns().get(i)) + "</bdi>" : name));
            }
        }
        return words.isEmpty() ? "They have nothing that can be compared." : String.join(" ", words);
    }

    private static String words(Agreement agreement, String name) {
        return switch (agreement) {
            case EQUAL -> "Same " + name + ".";
            case NEAR -> "Nearly the same " + name + ".";
            case CLOSE -> "Close " + name + ".";
            case ALIKE -> "Similar " + name + ".";
            case FAINT -> "Faintly similar " + name + ".";
            case UNLIKE -> "Different " + name + ".";
            case SAYS_NOTHING -> "";
        };
    }

    /** For text and for values of attributes; what can't be shown is left out. */
    static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(letter -> {
            switch (letter) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                    boolean isShown = letter >= ' ' && letter != 0x7f && (letter < 0xd800 || letter > 0xdfff);
                    escaped.append(isShown ? Character.toString(letter) : " ");
                }
            }
        });
        return escaped.toString();
    }
}
