package org.postbag.receiving.web;

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

    PublicPages(Body body, KeepingPeriods periods) {
        this.body = body;
        this.periods = periods;
    }

    @GetMapping("/privacy")
    String privacy(Model model) {
        model.addAttribute("body", body);
        model.addAttribute("periods", periods.all());
        model.addAttribute("keptFor", periods.forPublic());
        return "receiving/privacy";
    }

    @GetMapping("/accessibility")
    String accessibility(Model model) {
        model.addAttribute("body", body);
        return "receiving/accessibility";
    }

    @GetMapping("/cookies")
    String cookies(Model model) {
        model.addAttribute("body", body);
        return "receiving/cookies";
    }
}
