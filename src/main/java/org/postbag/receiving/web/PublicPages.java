package org.postbag.receiving.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postbag.receiving.web.Body.Supplier;
import org.postbag.retention.RetentionRule;
import org.postbag.staff.OpenToPublic;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What the public is told about its data, these pages and their cookies. */
@Controller
@OpenToPublic
class PublicPages {

    private final Body body;
    private final KeepingPeriods periods;
    private final Phrasebook phrasebook;

    PublicPages(Body body, KeepingPeriods periods, Phrasebook phrasebook) {
        this.body = body;
        this.periods = periods;
        this.phrasebook = phrasebook;
    }

    /**
     * What the body wrote itself.
     *
     * @param lang its language where that isn't the page's, or null
     */
    record Said(@Nullable String lang, String text) {}

    /**
     * @param who whose records these are, in the words that people know them by
     * @param length in words, such as {@code 1 year}
     */
    record Period(String who, String length, Said reason) {}

    @GetMapping("/privacy")
    String privacy(HttpServletRequest request, Model model) {
        var phrases = phrasebook.of(request);
        model.addAttribute(
                "periods",
                periods.all().stream().map(rule -> period(rule, phrases)).toList());
        model.addAttribute("keptFor", phrases.period(periods.forPublicMonths()));
        model.addAttribute("suppliers", suppliers(phrases));
        return "receiving/privacy";
    }

    private Period period(RetentionRule rule, Phrases phrases) {
        var code = rule.category().code();
        return new Period(
                phrases.say("privacy.who." + code), phrases.period(rule.periodMonths()), reason(rule, code, phrases));
    }

    /** The rules that Postbag begins with have a Welsh reason too; whoever changes one writes it in English alone. */
    private Said reason(RetentionRule rule, String code, Phrases phrases) {
        var key = "privacy.reason." + code;
        return phrasebook.english().say(key).equals(rule.reason())
                ? new Said(null, phrases.say(key))
                : english(rule.reason(), phrases);
    }

    private List<Said> suppliers(Phrases phrases) {
        return body.suppliers().stream()
                .map(supplier -> supplier(supplier, phrases))
                .toList();
    }

    private Said supplier(Supplier supplier, Phrases phrases) {
        var key = "privacy.supplier";
        if (phrases.language().current() == PublicLanguage.WELSH && supplier.welshDoes() != null) {
            var name = supplier.welshName() == null ? supplier.name() : supplier.welshName();
            return new Said(null, phrases.say(key, name, supplier.welshDoes()));
        }
        return english(phrasebook.english().say(key, supplier.name(), supplier.does()), phrases);
    }

    private static Said english(String text, Phrases phrases) {
        var english = PublicLanguage.ENGLISH;
        return new Said(phrases.language().current() == english ? null : english.code(), text);
    }

    @GetMapping("/accessibility")
    String accessibility() {
        return "receiving/accessibility";
    }

    @GetMapping("/cookies")
    String cookies() {
        return "receiving/cookies";
    }
}
