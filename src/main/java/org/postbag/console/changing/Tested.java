package org.postbag.console.changing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postbag.console.reaching.Outcome;
import org.postbag.console.reaching.WouldBe;

/** What came of testing a connection, as a page shows it. */
record Tested(boolean good, @Nullable String words, List<Outcome.Step> steps, List<String> items) {

    static Tested of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Reached reached ->
                new Tested(
                        reached.good(),
                        null,
                        reached.steps(),
                        reached.wouldBe().stream().map(Tested::words).toList());
            case Outcome.NotReached not -> new Tested(false, null, not.steps(), List.of());
            case Outcome.NothingToReach nothing ->
                new Tested(
                        nothing.good(),
                        "There is nothing to connect to: items come in by themselves.",
                        nothing.steps(),
                        List.of());
            case Outcome.Mistaken mistaken ->
                new Tested(false, "Nothing was tried: " + said(mistaken.problems()), List.of(), List.of());
            case Outcome.Busy _ ->
                new Tested(
                        false,
                        "Nothing was tried: other tests are running. Try again in a moment.",
                        List.of(),
                        List.of());
        };
    }

    private static String said(Map<String, String> problems) {
        return problems.isEmpty() ? "put right what is marked." : String.join(". ", problems.values()) + ".";
    }

    private static String words(WouldBe one) {
        if (one instanceof WouldBe.Enquiry enquiry && enquiry.content() != null) {
            var content = enquiry.content();
            return one.item() + ": " + one.words() + ", subject “"
                    + (content.subject() == null ? "" : content.subject()) + "”, from "
                    + (content.from() == null ? "nobody named" : content.from());
        }
        return one.item() + ": " + one.words();
    }
}
